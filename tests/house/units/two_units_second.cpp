#include "two_units.hpp"

#include <strata/strata.hpp>

int from_the_second_unit() { return strata::version.major_part; }
