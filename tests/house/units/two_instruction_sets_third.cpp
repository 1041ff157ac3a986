/// Compiled for AVX2 with FMA, whatever this machine has; see CMakeLists.txt.
#include "two_instruction_sets.hpp"

void report_third(std::FILE* to);
void report_third(std::FILE* to) { two_instruction_sets::report(to); }
