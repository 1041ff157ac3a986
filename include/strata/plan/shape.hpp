#pragma once
#include <strata/base/shape.hpp>
