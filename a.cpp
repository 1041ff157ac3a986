#include <strata/base/abi.hpp>
name STRATA_ABI