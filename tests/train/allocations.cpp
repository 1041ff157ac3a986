/// The counting of allocations, in this program as well.
#include "../model/allocations.cpp" // NOLINT
