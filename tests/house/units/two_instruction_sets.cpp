/// The units of a program, one after the other: FIRST, SECOND, or both of them.
#include <cstdio>

void report_first(std::FILE* to);
void report_second(std::FILE* to);

int main() {
#ifdef FIRST
    report_first(stdout);
#endif
#ifdef SECOND
    report_second(stdout);
#endif
}
