#pragma once
/// A function of each of two translation units that include all of strata.
int from_the_first_unit();
int from_the_second_unit();
