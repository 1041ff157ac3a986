#include "files.hpp"
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <strata/pictures/tensorboard.hpp>

using namespace strata_tests;
using strata::tensorboard;
using strata::pictures::crc32c;

namespace {

std::string contents(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    REQUIRE(file != nullptr);
    std::string bytes(1 << 20, 0);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
    std::fclose(file);
    return bytes;
}
std::uint64_t little_end(const std::string& bytes, std::size_t at, int length) {
    std::uint64_t n = 0;
    for (int i = length; i-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
    return n;
}

/// The records of a file, their checksums compared.
std::vector<std::string> records(const std::string& bytes) {
    const auto unmasked = [](std::uint64_t masked) {
        return std::rotl(static_cast<std::uint32_t>(masked) - 0xa282ead8U, 15);
    };
    std::vector<std::string> all;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto length = static_cast<std::size_t>(little_end(bytes, at, 8));
        REQUIRE(unmasked(little_end(bytes, at + 8, 4)) == crc32c(bytes.substr(at, 8)));
        all.push_back(bytes.substr(at + 12, length));
        REQUIRE(unmasked(little_end(bytes, at + 12 + length, 4)) == crc32c(all.back()));
        at += 16 + length;
    }
    return all;
}

/// "tag step number" of a record of one number, whose fields come in the order of their numbers.
std::string words_of(const std::string& event) {
    REQUIRE(event[0] == (1 << 3 | 1)); // the time, a double
    std::size_t at = 9;
    const auto varint = [&] {
        std::uint64_t n = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(event.at(at++));
            n |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return n;
        }
    };
    const auto field = [&](int number, int kind) {
        REQUIRE(varint() == static_cast<std::uint64_t>(number << 3 | kind));
    };
    field(2, 0);
    const auto step = static_cast<std::int64_t>(varint());
    field(5, 2);
    const auto takes_the_rest = [&] {
        const auto length = varint();
        REQUIRE(length == event.size() - at);
    };
    takes_the_rest(); // the summary
    field(1, 2);
    takes_the_rest(); // and its only value
    field(1, 2);
    const auto length = static_cast<std::size_t>(varint());
    const std::string tag = event.substr(at, length);
    at += length;
    field(2, 5);
    const float number = std::bit_cast<float>(static_cast<std::uint32_t>(little_end(event, at, 4)));
    REQUIRE(at + 4 == event.size());
    return strata::sentence({tag, " ", step, " ", std::to_string(number)});
}
std::vector<std::string> numbers_in(const std::string& path) {
    auto all = records(contents(path));
    REQUIRE_FALSE(all.empty());
    CHECK(all[0].substr(9)
          == "\x1a\x0d"
             "brain.Event:2"); // field 3, 13 bytes
    std::vector<std::string> words;
    for (std::size_t i = 1; i < all.size(); ++i) words.push_back(words_of(all[i]));
    return words;
}

strata::history two_epochs() {
    strata::history h;
    h.metric_names = {"accuracy"};
    for (int epoch = 1; epoch <= 2; ++epoch) {
        strata::epoch_record e;
        e.epoch = epoch, e.loss = 0.5 * epoch, e.rate = 0.25, e.seconds = 3;
        e.set_metrics({0.75});
        if (epoch == 2) e.set_held_out(2, {0.125});
        h.epochs.push_back(e);
    }
    return h;
}
const std::vector<std::string> numbers_of_two_epochs{"loss/training 1 0.500000", "accuracy/training 1 0.750000",
                                                     "rate 1 0.250000",          "seconds 1 3.000000",
                                                     "loss/training 2 1.000000", "accuracy/training 2 0.750000",
                                                     "loss/held-out 2 2.000000", "accuracy/held-out 2 0.125000",
                                                     "rate 2 0.250000",          "seconds 2 3.000000"};

} // namespace

TEST_CASE("crc32c: the examples of RFC 3720, B.4", "[pictures]") {
    std::string up, down;
    for (int i = 0; i < 32; ++i) up += static_cast<char>(i), down += static_cast<char>(31 - i);
    CHECK(crc32c(std::string(32, '\0')) == 0x8a9136aaU);
    CHECK(crc32c(std::string(32, '\xff')) == 0x62a8ab43U);
    CHECK(crc32c(up) == 0x46dd794eU);
    CHECK(crc32c(down) == 0x113fdb5cU);
    CHECK(crc32c("123456789") == 0xe3069283U); // the customary check value
    CHECK(crc32c("") == 0);
}

TEST_CASE("tensorboard: numbers one by one", "[pictures]") {
    const temporary_folder folder;
    tensorboard board(folder / "runs/first"); // makes both
    board.scalar("loss", 0.5, 0);
    board.scalar("na\u00efve/tag", -2, std::int64_t{1} << 40);
    board.scalar("loss", NAN, -1);
    board.flush();
    CHECK(numbers_in(board.path())
          == std::vector<std::string>{"loss 0 0.500000", "na\u00efve/tag 1099511627776 -2.000000",
                                      "loss -1 " + std::to_string(static_cast<float>(NAN))});
    CHECK(board.path().find(folder / "runs/first/events.out.tfevents.") == 0);
    const tensorboard second(folder / "runs/first"); // within the same second: another file
    CHECK(second.path() != board.path());
}

TEST_CASE("tensorboard: a history, at once or as it comes", "[pictures]") {
    const temporary_folder folder;
    const strata::history h = two_epochs();
    tensorboard at_once(folder / "a"), as_it_comes(folder / "b");
    at_once.add(h);
    CHECK(numbers_in(at_once.path()) == numbers_of_two_epochs);
    const auto after_epoch = as_it_comes.after_epoch();
    strata::history so_far = h;
    so_far.epochs.pop_back();
    CHECK(after_epoch(so_far)); // goes on
    CHECK(numbers_in(as_it_comes.path()).size() == 4);
    CHECK(after_epoch(h));
    CHECK(numbers_in(as_it_comes.path()) == numbers_of_two_epochs);
}

TEST_CASE("tensorboard: steps", "[pictures]") {
    const temporary_folder folder;
    tensorboard board(folder.path());
    const auto after_step = board.after_step(2);
    for (int step = 1; step <= 4; ++step)
        CHECK(
            after_step({.step = step, .loss = 1.0 * step, .rate_factor = 0.5, .gradient_norm = step == 4 ? 3.0 : 0.0}));
    board.flush();
    CHECK(numbers_in(board.path())
          == std::vector<std::string>{"step/loss 2 2.000000", "step/rate_factor 2 0.500000", "step/loss 4 4.000000",
                                      "step/rate_factor 4 0.500000", "step/gradient_norm 4 3.000000"});
    CHECK(message_of<strata::error>([&] { (void)board.after_step(0); })
          == "strata: TensorBoard cannot log every 0-th step. Use at least 1.");
}

TEST_CASE("tensorboard: mistakes are told", "[pictures]") {
    const temporary_folder folder;
    tensorboard board(folder.path());
    for (const char* tag : {"", "\xff"})
        CHECK(message_of<strata::error>([&] { board.scalar(tag, 1, 1); })
              == "strata: a TensorBoard scalar needs a UTF-8 tag, such as \"loss/training\".");
    const std::string file = folder.file("file", "no folder");
    CHECK(message_of<strata::file_error>([&] {
              tensorboard none(file + "/runs");
          }).find("strata: cannot make the folder " + file + "/runs: ")
          == 0);
    CHECK(message_of<strata::file_error>([&] { tensorboard none(file); })
          == "strata: cannot make the folder " + file + ": Not a directory. Do you have write permission there?");
}

// read_events.py runs this with a folder in the environment, and reads the file with TensorBoard's own
// reader.
TEST_CASE("tensorboard: the events that read_events.py expects", "[pictures][events]") {
    const temporary_folder temporary;
    const char* const given = std::getenv("STRATA_EVENTS");
    tensorboard board(given == nullptr ? temporary.path() : std::string(given));
    board.add(two_epochs());
    board.scalar("na\u00efve", -0.1, std::int64_t{1} << 40);
    board.flush();
    CHECK(numbers_in(board.path()).size() == numbers_of_two_epochs.size() + 1);
}
