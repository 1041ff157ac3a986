/// Compiled for SSE4.2, whatever this machine has; see CMakeLists.txt.
#include "two_instruction_sets.hpp"

void report_first(std::FILE* to) { two_instruction_sets::report(to); }
