#pragma once
#include <strata/base/abi.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

class csv_encoding;

/// csv_column — a column by its name in the header, or by its number. The first is 1, as in the messages.
struct csv_column {
    std::string name;
    long long number = 0; ///< 0: by name

    csv_column(const char* n) : name(n) {}
    csv_column(std::string n) : name(std::move(n)) {}
    csv_column(int n) : number(n < 1 ? -1 : n) {}
};

/// class_order — how the texts of a class column become the numbers 0 … K − 1.
enum class class_order {
    sorted,    ///< as numbers where all are numbers, else byte by byte
    first_seen ///< in the file's order
};

/// csv_missing — what happens to a missing value.
/// The last three are for features. With them, a missing text of a one-hot column is a row of zeros, and a missing
/// target, class or weight is an error.
enum class csv_missing {
    error,   ///< an error that names line and column
    drop,    ///< the line is left out; csv_features, whose rows are the lines of the file, refuses it
    mean,    ///< the mean of the column's other values
    median,  ///< their median
    constant ///< csv_options::missing_value
};

/// csv_like — an encoding to reuse: .like = train, or .like = encoding.
/// `train` is a data set from a CSV file, or a view of one.
class csv_like {
  public:
    csv_like() = default;
    csv_like(std::shared_ptr<const csv_encoding> encoding) : encoding_(std::move(encoding)), given_(true) {}
    template <class Set>
        requires requires(const Set& set) { std::shared_ptr<const csv_encoding>(set.encoding()); }
    csv_like(const Set& set) : csv_like(std::shared_ptr<const csv_encoding>(set.encoding())) {}

    [[nodiscard]] bool given() const { return given_; }
    [[nodiscard]] const std::shared_ptr<const csv_encoding>& encoding() const { return encoding_; }

  private:
    std::shared_ptr<const csv_encoding> encoding_;
    bool given_ = false;
};

/// csv_options — the options of the CSV readers.
struct csv_options {
    char separator = ',';
    bool has_header = true;
    std::vector<csv_column> features{}; ///< none named: every column without another role
    std::vector<csv_column> targets{};  ///< one class, or any number of values
    std::vector<csv_column> without{};  ///< columns that are left out: every other without a role is a feature
    class_order order = class_order::sorted;
    /// The classes, in their order. `.like` uses those of the training file: a test file alone may lack a class, and
    /// number the others differently.
    std::vector<std::string> class_names{};
    std::optional<csv_column> weight{}; ///< a column with the weight of each sample in the loss
    std::vector<csv_column> one_hot{};  ///< features whose texts are categories: a 0 or 1 for each of them
    bool one_hot_text = false;          ///< also every other feature with a text that is not a number
    csv_missing missing = csv_missing::error;
    double missing_value = 0; ///< for csv_missing::constant
    /// Texts that mean a missing value, as an empty field does, in upper or lower case. (In columns of numbers "none"
    /// does too.) A number among them means every spelling of it: "-999" is also "-999.0".
    std::vector<std::string> missing_texts{"?", "NA", "N/A", "#N/A", "NaN", "-NaN", "null"};
    bool keep_blanks = false; ///< blanks around texts and column names are a part of them
    /// Categories that `.like` or `encode` does not know are a row of zeros; else an error. Given with the training
    /// file, it is kept in the encoding.
    bool ignore_unknown = false;
    /// The columns, categories, classes, fill values and all other options are those of this data set. Beside it only
    /// .separator and .ignore_unknown count, which concern the file itself. A file without the column of weights has
    /// weights of 1.
    csv_like like{};
};

} // namespace strata::inline STRATA_ABI::data
