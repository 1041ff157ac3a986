/// With two_units_second.cpp: everything in the headers may be defined in two translation units of one program.
#include "two_units.hpp"

#include <strata/strata.hpp>

int from_the_first_unit() { return strata::version.major_part; }

int main() { return from_the_first_unit() == from_the_second_unit() ? 0 : 1; }
