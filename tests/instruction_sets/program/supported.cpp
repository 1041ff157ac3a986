/// Prints what this is compiled for; ends with 1 and the library's own sentence where this CPU does not have that.
#include <strata/cpu/cpu.hpp>

#include <cstdio>

int main() {
    try {
        strata::require_instruction_set<strata::cpu::instruction_set>();
    } catch (const strata::device_error& e) {
        std::puts(e.what());
        return 1;
    }
    std::printf("%s, %d floats in a register", strata::cpu::instruction_set::name(),
                strata::on_cpu::lanes_of<float, strata::cpu::instruction_set>);
}
