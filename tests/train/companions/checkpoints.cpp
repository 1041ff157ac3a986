/// Checkpoints: a run killed at any moment and resumed ends with the same bits as one that was never interrupted; what
/// cannot be resumed is refused with a sentence, and nothing is lost.
#include "catch.hpp"
#include "files.hpp"
#include "files/small_file_system.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/data/views/augmented.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/metrics/top_k.hpp>
#include <strata/train/schedules/plateau.hpp>
#include <strata/train/trainer.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

/// Everything with a state of its own: running statistics, random numbers, moments; three layers of parameters.
struct small : network<features<8>, dense<24>, batch_norm, relu, dropout<0.3>, dense<12>, tanh_activation, dense<4>> {};

data::in_memory<> samples() {
    data::contents c;
    c.sample = shape(8);
    c.floats = random_numbers<float>(8 * 203, 5);
    c.classes = 4;
    for (int i = 0; i < 203; ++i) c.labels.push_back((c.floats[static_cast<std::size_t>(8 * i)] > 0 ? 2 : 0) + i % 2);
    return data::in_memory<>(c);
}

/// The same with random numbers added, others in each pass.
auto shaken() {
    return data::augmented(samples(), [](std::span<float> x, const shape&, philox_stream& random) {
        for (float& number : x) number += 0.1f * static_cast<float>(random.uniform());
    });
}

struct settings {
    fit_options fit;
    checkpoints files;
    early_stopping stop{.patience = 100}; // keeps the best parameters
    bool ahead = false;                   // augmented data, read ahead
};
settings options(const std::string& folder, bool ahead = false) {
    fit_options o{.epochs = 6,
                  .batch = 16,
                  .schedule = plateau{.factor = 0.5, .patience = 1},
                  .progress = false,
                  .accumulate = 2,
                  .clip_norm = 1,
                  .average = 0.9};
    return {o, {.folder = folder, .every_steps = 2, .keep = 2, .resume = true}, {.patience = 100}, ahead};
}

/// Trains to the end, from the newest checkpoint on, and saves what came of it.
history run(const settings& o, const std::string& result, int threads = 1, std::uint64_t with_seed = 3) {
    const auto all = samples();
    model<small> net{seed{with_seed}, cpu{.threads = threads}};
    trainer trainer{net, cross_entropy{}, adam{.rate = 0.01}};
    const auto fit = [&](const auto& train, const auto&... companions) {
        return o.files.folder.empty() ? trainer.fit(train, all, o.fit, o.stop, companions...)
                                      : trainer.fit(train, all, o.fit, o.stop, o.files, companions...);
    };
    auto records = o.ahead ? fit(shaken(), prefetch{}) : fit(all);
    if (!result.empty()) {
        trainer.averaged().save(result + ".average");
        net.save(result);
    }
    return records;
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Runs in a process of its own, which is killed after a random time; true if it got to the end before.
bool run_and_kill(const settings& o, const std::string& result, int threads, long microseconds) {
    const pid_t child = ::fork();
    if (child == 0) {
        run(o, result, threads);
        ::_exit(0);
    }
    REQUIRE(child > 0);
    ::usleep(static_cast<useconds_t>(microseconds));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) REQUIRE(WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

#if defined(__SANITIZE_THREAD__)
constexpr int most_threads = 1; // ThreadSanitizer does not follow a forked process's new threads
#else
constexpr int most_threads = 2;
#endif

void kill_many(int wanted, bool ahead = false) {
    const temporary_folder folder;
    run(options("", ahead), folder / "undisturbed");
    const std::string expected = bytes_of(folder / "undisturbed"),
                      expected_average = bytes_of(folder / "undisturbed.average");
    REQUIRE(!expected.empty());
    std::mt19937 random(1);
    int kills = 0, runs = 0, differing = 0;
    while (kills < wanted) {
        const auto o = options(folder.folder("run" + std::to_string(++runs)), ahead);
        const std::string result = folder / ("result" + std::to_string(runs));
        while (!run_and_kill(o, result, 1 + runs % most_threads, static_cast<long>(random() % 40'000))) ++kills;
        differing += bytes_of(result) != expected || bytes_of(result + ".average") != expected_average ? 1 : 0;
    }
    std::printf("%d kills in %d runs, %d runs with differing bits\n", kills, runs, differing);
    CHECK(differing == 0);
}

} // namespace

TEST_CASE("a run killed at any moment and resumed ends with the same bits: 50 kills") { kill_many(50); }
TEST_CASE("a run killed at any moment and resumed ends with the same bits: 500 kills", "[long]") { kill_many(500); }
#if !defined(__SANITIZE_THREAD__)
TEST_CASE("a run on augmented data, read ahead, that is killed and resumed ends with the same bits: 50 kills") {
    kill_many(50, true);
}
TEST_CASE("a run on augmented data, read ahead, that is killed and resumed ends with the same bits: 500 kills",
          "[long]") {
    kill_many(500, true);
}
#endif

TEST_CASE("the kills are of what they say: augmented data train to other bits, and reading ahead does not") {
    const temporary_folder folder;
    run(options(""), folder / "plain");
    run(options("", true), folder / "ahead");
    CHECK(bytes_of(folder / "plain") != bytes_of(folder / "ahead"));
    auto o = options("", true);
    model<small> net{seed{3}};
    trainer trainer{net, cross_entropy{}, adam{.rate = 0.01}};
    trainer.fit(shaken(), samples(), o.fit, o.stop);
    net.save(folder / "in its place");
    CHECK(bytes_of(folder / "in its place") == bytes_of(folder / "ahead"));
}

TEST_CASE("a resumed history is the history of the whole run") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    int steps = 0;
    o.fit.after_step = [&](const step_report&) { return ++steps < 17; }; // in the third epoch
    const auto first = run(o, "");
    CHECK(first.epochs.size() == 2);
    o.fit.after_step = {};
    const auto resumed = run(o, ""), whole = run(options(""), "");
    REQUIRE(resumed.epochs.size() == 6);
    REQUIRE(whole.epochs.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) {
        CHECK(resumed.epochs[i].loss == whole.epochs[i].loss);
        CHECK(resumed.epochs[i].metric == whole.epochs[i].metric);
        CHECK(resumed.epochs[i].held_out_loss == whole.epochs[i].held_out_loss);
    }
    REQUIRE(whole.rates.size() == 42); // one for each step of 32 of 203 samples, in 6 epochs
    REQUIRE(resumed.rates.size() == 42);
    for (std::size_t i = 0; i < 42; ++i) {
        CHECK(resumed.rates[i].epochs == whole.rates[i].epochs);
        CHECK(resumed.rates[i].rate == whole.rates[i].rate);
    }
    CHECK(resumed.run.samples == 203);
}

TEST_CASE("a checkpoint that was written without the rates is resumed") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.fit.epochs = 1;
    run(o, "");
    const auto names = temporary_folder::names_in(o.files.folder);
    const std::string newest = o.files.folder + "/" + *std::max_element(names.begin(), names.end());
    const auto file = io::read_safetensors(newest);
    auto texts = file.metadata;
    CHECK(std::erase_if(texts, [](const auto& text) { return text.first == "rates" || text.first == "first_loss"; })
          == 2);
    io::write_safetensors(newest, file.tensors, texts);
    o.fit.epochs = 2;
    const history resumed = run(o, "");
    CHECK(resumed.epochs.size() == 2);
    CHECK(resumed.rates.size() == 7);
    CHECK(resumed.rates.front().epochs == 1);
}

TEST_CASE("a run that stopped early and is started again is at its end, and says so again") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.stop = {.patience = 2, .min_delta = 10}; // nothing is so much better than the first epoch
    const auto first = run(o, folder / "first"), again = run(o, folder / "again");
    CHECK(first.stopped_early);
    CHECK(first.epochs.size() == 3);
    CHECK(again.epochs.size() == 3);
    CHECK(again.ending() == first.ending());
    CHECK(bytes_of(folder / "first") == bytes_of(folder / "again"));
}

TEST_CASE("the newest checkpoints stay, and what unfinished writing left is cleared away") {
    const temporary_folder folder;
    const auto o = options(folder.folder("run"));
    const std::string left = folder.file("run/checkpoint-000000000002.safetensors.partial-77-0", "half");
    run(o, "");
    const auto names = temporary_folder::names_in(o.files.folder);
    CHECK(names.size() == 2);
    CHECK(::access(left.c_str(), F_OK) != 0);
}

TEST_CASE("Ctrl-C ends a fit after its step, with a checkpoint from which it goes on") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.fit.after_step = [](const step_report& report) {
        if (report.step == 11) std::raise(SIGINT);
        return true;
    };
    const auto interrupted = run(o, "");
    CHECK(interrupted.interrupted);
    CHECK(interrupted.epochs.size() == 1);
    o.fit.after_step = {};
    run(o, folder / "resumed");
    run(options(""), folder / "undisturbed");
    CHECK(bytes_of(folder / "resumed") == bytes_of(folder / "undisturbed"));
}

TEST_CASE("a file that may not grow so large is one clear error, and the checkpoint before it stays whole") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.fit.epochs = 1;
    run(o, "");
    const auto before = temporary_folder::names_in(o.files.folder);
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small_files{2000, 2000}; // bytes; a checkpoint has more
        ::setrlimit(RLIMIT_FSIZE, &small_files);
        o.fit.epochs = 2;
        try {
            run(o, "");
        } catch (const file_error& e) {
            ::_exit(std::string(e.what()).find("The previous contents are unchanged") != std::string::npos ? 7 : 1);
        }
        ::_exit(2);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(temporary_folder::names_in(o.files.folder) == before);
    o.fit.epochs = 6;
    run(o, folder / "resumed");
    run(options(""), folder / "undisturbed");
    CHECK(bytes_of(folder / "resumed") == bytes_of(folder / "undisturbed"));
}

namespace {

/// Writes into a file until the file system is full, and gives `spare` bytes back.
void fill(const std::string& path, long spare) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) ::_exit(10);
    std::setvbuf(file, nullptr, _IONBF, 0);
    while (std::fputc('x', file) != EOF) {
    }
    const long all = std::ftell(file);
    if (errno != ENOSPC || all < spare || ::ftruncate(::fileno(file), all - spare) != 0) ::_exit(11);
    std::fclose(file);
}
/// Everything in a folder, by name.
std::map<std::string, std::string> contents_of(const std::string& folder) {
    std::map<std::string, std::string> all;
    for (const auto& name : temporary_folder::names_in(folder)) all[name] = bytes_of(folder + "/" + name);
    return all;
}

} // namespace

TEST_CASE(
    "a file system that is full is one clear error, the checkpoints stay whole, and the run goes on when there is room",
    "[data]") {
    const temporary_folder folder; // [data]: it may skip
    auto o = options(folder.folder("small") + "/run");
    const pid_t child = ::fork();
    if (child == 0) {
        if (!mount_small_file_system(folder / "small", 256 * 1024)) ::_exit(77);
        o.fit.epochs = 1;
        run(o, "");
        o.fit.epochs = 6;
        const auto before = contents_of(o.files.folder);
        if (before.size() != 2) ::_exit(1);
        for (const long spare : {0L, 8192L}) { // room for none of a checkpoint, and for its beginning
            const std::string filler = folder / "small/filler";
            fill(filler, spare);
            std::string said;
            try {
                run(o, "");
            } catch (const file_error& e) {
                said = e.what();
            }
            if (!says(said, "writing " + o.files.folder + "/checkpoint-", "No space left on device", "unchanged"))
                ::_exit(2);
            if (contents_of(o.files.folder) != before) ::_exit(3); // nothing new, nothing half
            if (::unlink(filler.c_str()) != 0) ::_exit(4);
        }
        run(o, folder / "resumed");
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        STRATA_SKIP("no file system can be mounted here, not even in a namespace of its own");
    REQUIRE(WEXITSTATUS(status) == 0);
    run(options(""), folder / "undisturbed");
    CHECK(bytes_of(folder / "resumed") == bytes_of(folder / "undisturbed"));
    CHECK(bytes_of(folder / "resumed.average") == bytes_of(folder / "undisturbed.average"));
}

TEST_CASE("a folder that has become read-only is one clear error, and the checkpoints in it stay whole") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.fit.epochs = 1;
    run(o, "");
    const auto names = temporary_folder::names_in(o.files.folder);
    const auto contents = [&] {
        std::string all;
        for (const auto& name : names) all += bytes_of(o.files.folder + "/" + name);
        return all;
    };
    const std::string before = contents();
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    REQUIRE(::chmod(o.files.folder.c_str(), 0555) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(3); // root may write everywhere
        o.fit.epochs = 2;
        try {
            run(o, "");
        } catch (const file_error& e) {
            ::_exit(says(std::string(e.what()), o.files.folder, "Permission denied") ? 7 : 1);
        }
        ::_exit(2);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(::chmod(o.files.folder.c_str(), 0755) == 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(temporary_folder::names_in(o.files.folder) == names);
    CHECK(contents() == before);
    o.fit.epochs = 6;
    run(o, folder / "resumed");
    run(options(""), folder / "undisturbed");
    CHECK(bytes_of(folder / "resumed") == bytes_of(folder / "undisturbed"));
}

TEST_CASE("what cannot be resumed is refused, and says why") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.fit.epochs = 1;
    run(o, "");
    const auto refusal = [&](auto action) { return message_of<file_error>(action); };
    const std::string path = o.files.folder + "/" + temporary_folder::names_in(o.files.folder).front();

    CHECK(says(refusal([&] { run(o, "", 1, 4); }), "seed 3", "this one has 4", "Make the model with that seed"));
    auto again = o;
    again.files.resume = false;
    CHECK(says(refusal([&] { run(again, ""); }), "contains 2 checkpoints of another run", ".resume = true"));
    again.files.keep = 1;
    again.files.folder = folder / "one";
    run(again, "");
    CHECK(says(refusal([&] { run(again, ""); }), "contains 1 checkpoint of another run"));
    auto unwritable = o;
    unwritable.files.folder = "/proc/strata-run";
    CHECK(says(refusal([&] { run(unwritable, ""); }), "cannot make the folder /proc/strata-run"));
    CHECK(says(refusal([&] {
                   model<small> net{seed{3}};
                   trainer other{net, cross_entropy{}, sgd{}};
                   other.fit(samples(), samples(), o.fit, o.stop, o.files);
               }),
               "with the optimiser", "Resume with the same"));
    CHECK(says(refusal([&] {
                   model<small> net{seed{3}};
                   trainer other{net, cross_entropy{}, adam{.rate = 0.01}, top_k<2>{}}; // as many bytes as accuracy
                   other.fit(samples(), samples(), o.fit, o.stop, o.files);
               }),
               "with different metrics", "Resume with the same"));
    struct wider : network<features<8>, dense<4>> {};
    CHECK(says(refusal([&] {
                   model<wider> net{seed{3}};
                   trainer other{net, cross_entropy{}, adam{}};
                   other.fit(samples(), samples(), o.fit, o.stop, o.files);
               }),
               "a different network, and nothing was loaded", "dense<24>"));

    // A newer version, a file cut short: the newest file is read, so the old ones go.
    const auto newest = [&] { return o.files.folder + "/checkpoint-000000000099.safetensors"; };
    const auto file = io::read_safetensors(path);
    auto texts = file.metadata;
    for (auto& [key, text] : texts)
        if (key == "checkpoint_version") text = "2";
    io::write_safetensors(newest(), file.tensors, texts);
    o.fit.epochs = 2;
    CHECK(says(refusal([&] { run(o, ""); }), "version 2", "reads up to version 1", "newer strata"));
    const std::string whole = bytes_of(path);
    ::unlink(newest().c_str());
    for (std::size_t keep = 0; keep < whole.size(); keep += keep + 40 < whole.size() && keep > 40 ? 97 : 1) {
        CAPTURE(keep);
        static_cast<void>(folder.file("run/checkpoint-000000000099.safetensors", whole.substr(0, keep)));
        CHECK(says(refusal([&] { run(o, ""); }), "checkpoint-000000000099"));
    }
    ::unlink(newest().c_str());
    CHECK(run(o, "").epochs.size() == 2);
}

TEST_CASE("a checkpoint whose text makes no sense is refused, and nothing of the run has changed") {
    const temporary_folder folder;
    auto o = options(folder / "run");
    o.fit.epochs = 1;
    run(o, "");
    const std::string path = o.files.folder + "/" + temporary_folder::names_in(o.files.folder).front();
    const auto file = io::read_safetensors(path);
    const auto text_of = [&](const char* key) { return *file.find_metadata(key); };
    o.fit.epochs = 2;
    const auto refusal = [&](const std::vector<io::tensor_view>& tensors, const io::metadata& texts) {
        const std::string spoilt = o.files.folder + "/checkpoint-000000000099.safetensors";
        io::write_safetensors(spoilt, tensors, texts);
        const auto all = samples();
        model<small> net{seed{3}};
        const model<small> before = net;
        trainer trainer{net, cross_entropy{}, adam{.rate = 0.01}};
        const auto message = message_of<file_error>([&] { trainer.fit(all, all, o.fit, o.stop, o.files); });
        CHECK(says(message, spoilt));
        CHECK(message.size() < 2000);
        CHECK(std::equal(net.parameter_block().begin(), net.parameter_block().end(), before.parameter_block().begin()));
        ::unlink(spoilt.c_str());
        return message;
    };
    struct change {
        const char *key, *value, *said;
    };
    const std::string rows = text_of("history"), twice = rows + rows.substr(rows.find("\r\n") + 2);
    const std::string long_words(1'000'000, '7');
    for (const auto& c :
         std::vector<change>{{"steps", "-1", "'steps' in its metadata is '-1'"},
                             {"steps", "", "'steps' in its metadata is ''"},
                             {"steps", "9223372036854775808", "a whole number up to 9223372036854775807"},
                             {"epoch", "2147483648", "a whole number up to 2147483647"},
                             {"epoch", "2", "says that 2 epochs were finished"},
                             {"epoch", "0", "says that 0 epochs were finished"},
                             {"passes", long_words.c_str(),
                              "'passes' in its metadata is '7777777777777777777777777777777777777777...'"},
                             {"next_sample", "203", "resumes at sample 203 of 203"},
                             {"next_sample", "1", "resumes at sample 1 of 203"},
                             {"next_sample", "9223372036854775807", "resumes at sample"},
                             {"data_size", "204", "a data set of size 204"},
                             {"loss", "1.5", "'loss' in its metadata is '1.5'"},
                             {"metrics", "00", "different metrics"},
                             {"history", "epoch,loss", "line 1, column 3"},
                             {"history", "", "the text is empty"},
                             {"history", twice.c_str(), "says that 1 epoch was finished"},
                             {"rates", "epochs,rate\r\n0,x\r\n", "line 2, column 2"},
                             {"rates", "epochs,rate\r\n0,\r\n", "line 2, column 2"},
                             {"rates", "epochs\r\n", "the columns epochs and rate"},
                             {"first_loss", "0.5", "'first_loss' in its metadata is '0.5'"},
                             {"format", "strata", "not a checkpoint but 'strata'"},
                             {"network", long_words.c_str(), "a different network"}}) {
        CAPTURE(c.key, c.said);
        auto texts = file.metadata;
        for (auto& [key, text] : texts)
            if (key == c.key) text = c.value;
        CHECK(says(refusal(file.tensors, texts), c.said));
        if (std::string_view(c.key) == "rates" || std::string_view(c.key) == "first_loss") continue; // may be missing
        texts = file.metadata;
        std::erase_if(texts, [&](const auto& text) { return text.first == c.key; });
        CHECK(says(refusal(file.tensors, texts), std::string("has no '") + c.key + "'"));
    }
    std::vector<double> large(8 * 24, 0.5);
    large[5] = -1e300; // finite, and no float
    auto doubles = file.tensors;
    for (io::tensor_view& t : doubles)
        if (t.name == "parameters.0.weight") t = io::view_of(t.name, t.shape, large);
    CHECK(says(refusal(doubles, file.metadata), "parameters.0.weight: element 5 in the file is too large"));
    auto tensors = file.tensors;
    tensors[0].dtype = io::dtype::i32;
    const std::string name = tensors[1].name;
    tensors.erase(tensors.begin() + 1);
    tensors[1].shape.insert(tensors[1].shape.begin(), 1);
    CHECK(says(refusal(tensors, file.metadata), "does not match this run, and nothing was loaded",
               tensors[0].name + ": I32 in the file", name + ": not in the file", tensors[1].name + ": [1, "));
}
