#pragma once
#include <strata/base/abi.hpp>

#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// A column by its name in the header, or by its number: the first is 1, as in the messages.
struct csv_column {
    std::string name;
    long long number = 0; ///< 0: by name

    csv_column(const char* n) : name(n) {}
    csv_column(std::string n) : name(std::move(n)) {}
    csv_column(int n) : number(n < 1 ? -1 : n) {}
};

/// How the texts of a class column become the numbers 0 … K − 1.
enum class class_order {
    sorted,    ///< as numbers where all are whole numbers, else byte by byte
    first_seen ///< in the file's order
};

struct csv_options {
    char separator = ',';
    bool has_header = true;
    std::vector<csv_column> features{}; ///< none named: every column that is no target
    std::vector<csv_column> targets{};  ///< one class, or any number of values
    class_order order = class_order::sorted;
    /// Which classes there are, in their order. A test file must be read with the training file's
    /// `class_names()`: by itself it may lack a class, and number the others differently.
    std::vector<std::string> class_names{};
};

} // namespace strata::inline STRATA_ABI::data
