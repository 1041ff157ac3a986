/// Compiled for this machine; see CMakeLists.txt.
#include "two_instruction_sets.hpp"

void report_second(std::FILE* to) { two_instruction_sets::report(to); }
