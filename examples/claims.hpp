#pragma once
// The claims of an example, checked: each one is printed, and the exit status is 0 if all of them hold.
#include <cstdarg>
#include <cstdio>

class claims {
  public:
    [[gnu::format(printf, 3, 4)]] void operator()(bool holds, const char* format, ...) {
        std::printf("%s: ", holds ? "holds" : "DOES NOT HOLD");
        va_list arguments;
        va_start(arguments, format);
        std::vprintf(format, arguments);
        va_end(arguments);
        std::printf("\n");
        if (!holds) broken_ = 1;
    }
    [[nodiscard]] int exit_status() const { return broken_; }

  private:
    int broken_ = 0;
};
