/// Writing files: what stands there is never half, and what is no file is written into or refused.
#include "files/small_file_system.hpp"
#include "files/written_files.hpp"

#include <csignal>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <thread>

using namespace strata_tests;

namespace {
int fsync_answers = 0; // an errno, for the file systems that cannot flush
int fsync_interrupted = 0;
} // namespace

// In the place of the C library's, for this program.
extern "C" int fsync(int file) {
    if (fsync_interrupted > 0) return --fsync_interrupted, errno = EINTR, -1;
    if (fsync_answers != 0) return errno = fsync_answers, -1;
#if defined(SYS_fsync)
    return static_cast<int>(::syscall(SYS_fsync, file));
#else
    return static_cast<void>(file), 0;
#endif
}

TEST_CASE("a pipe is written into, and stays one", "[write_file]") {
    const temporary_folder folder;
    const std::string fifo = folder / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    std::size_t came = 0;
    const std::string large(300'000, 'x');                     // more than a pipe holds
    const int end = ::open(fifo.c_str(), O_RDWR | O_NONBLOCK); // open for writing too: it never ends
    std::thread reader([&] {
        char text[4096];
        for (pollfd some{end, POLLIN, 0}; came < large.size() && ::poll(&some, 1, 10'000) == 1;)
            came += static_cast<std::size_t>(std::count(text, text + ::read(end, text, sizeof text), 'x'));
    });
    write_text(fifo, large);
    reader.join();
    ::close(end);
    CHECK(came == large.size());
    CHECK(S_ISFIFO(facts_about(fifo).st_mode));
    CHECK(sorted_names(folder.path()) == names{"fifo"});
}

// Root's tests use devices of their own: a fault would spoil the machine's.
TEST_CASE("devices are written into, and stay what they are", "[write_file][data]") {
    const temporary_folder folder;
    const bool root = ::geteuid() == 0;
    const auto device = [&](const char* name, unsigned number) {
        const std::string path = root ? folder / name : std::string("/dev/") + name;
        if (root) static_cast<void>(::mknod(path.c_str(), S_IFCHR | 0666, ::makedev(1, number)));
        return path;
    };
    const std::string null = device("null", 3), full = device("full", 7), link = folder / "link";
    const int there = ::open(null.c_str(), O_WRONLY);
    if (there < 0) STRATA_SKIP("the system allows no devices in the folder for temporary files");
    ::close(there);
    write_text(null, "anything");
    CHECK(S_ISCHR(facts_about(null).st_mode));
    REQUIRE(::symlink(null.c_str(), link.c_str()) == 0);
    write_text(link, "anything");
    CHECK(S_ISCHR(facts_about(null).st_mode));
    CHECK(S_ISLNK(facts_about(link).st_mode));
    CHECK(says(refusal_to_write(full), "writing", "No space left on device"));
    CHECK(S_ISCHR(facts_about(full).st_mode));
}

TEST_CASE("/dev/stdout is what the program prints to, pipe, file or socket", "[write_file]") {
    const temporary_folder folder;
    const std::string standard_output = folder / "stdout"; // as it is in /dev
    REQUIRE(::symlink("/proc/self/fd/1", standard_output.c_str()) == 0);
    const auto prints = [&](int to) {
        return in_child([&] {
            if (::dup2(to, 1) != 1) return 1;
            std::printf("before ");
            write_text(standard_output, "saved");
            write_text("/proc/self/fd/1", ", again");
            std::printf(" after");
            return std::fflush(stdout) == 0 ? 0 : 2;
        });
    };
    const std::string all = "before saved, again after", path = folder.file("out", "");
    const int file = ::open(path.c_str(), O_WRONLY);
    CHECK(prints(file) == 0);
    ::close(file);
    CHECK(text_of(path) == all);
    char came[100] = {};
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    REQUIRE(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
    CHECK(prints(ends[1]) == 0);
    CHECK(::read(ends[0], came, sizeof came) == static_cast<ssize_t>(all.size()));
    CHECK(came == all);
    ::close(ends[0]), ::close(ends[1]);
    REQUIRE(::socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
    CHECK(prints(ends[1]) == 0);
    for (const char* text : {"before ", "sa", "ved", ", a", "gain", " after"}) { // a message each
        const ssize_t length = ::recv(ends[0], came, sizeof came, MSG_DONTWAIT);
        CHECK(std::string(came, static_cast<std::size_t>(length < 0 ? 0 : length)) == text);
    }
    ::close(ends[0]), ::close(ends[1]);
    CHECK(sorted_names(folder.path()) == names{"out", "stdout"});
}

TEST_CASE("what is no file is refused, and stays", "[write_file]") {
    const temporary_folder folder;
    CHECK(says(refusal_to_write(folder.folder("folder")), "Is a directory", "the name of a file in that folder"));
    CHECK(says(refusal_to_write(folder / "folder/"), "Is a directory"));
    CHECK(says(refusal_to_write(folder / "none/file"), "No such file", "Does its folder exist"));
    CHECK(says(refusal_to_write(folder.file("file", "") + "/file"), "Not a directory"));
    CHECK(says(message_of<strata::file_error>([] { write_text("", "new"); }), "No such file"));
    const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder / "socket";
    REQUIRE(path.size() < sizeof address.sun_path);
    path.copy(address.sun_path, path.size());
    REQUIRE(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    CHECK(says(refusal_to_write(path), "it is a socket"));
    ::close(server);
    CHECK(sorted_names(folder.path()) == names{"file", "folder", "socket"});
}

TEST_CASE("file systems that cannot flush are served, and those that fail to are not", "[write_file]") {
    const temporary_folder folder;
    const std::string path = folder.file("file", "old");
    for (const int answer : {EINVAL, ENOTSUP, EOPNOTSUPP, ENOSYS}) {
        fsync_answers = answer;
        CHECK_NOTHROW(write_text(path, std::to_string(answer)));
        fsync_answers = 0;
        CHECK(text_of(path) == std::to_string(answer));
    }
    fsync_interrupted = 3; // by signals
    CHECK_NOTHROW(write_text(path, "old"));
    CHECK(fsync_interrupted == 0);
    for (const int answer : {EIO, ENOSPC}) {
        fsync_answers = answer;
        const std::string message = refusal_to_write(path);
        fsync_answers = 0;
        CHECK(says(message, std::strerror(answer), "The previous contents are unchanged"));
        CHECK(text_of(path) == "old");
    }
    CHECK(sorted_names(folder.path()) == names{"file"});
}

TEST_CASE("a write that fails midway leaves the old file whole, and nothing beside it", "[write_file]") {
    const temporary_folder folder;
    const std::string path = folder.file("file", "old");
    const int result = in_child([&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit small_files{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &small_files);
        return says(refusal_to_write(path, std::string(5000, 'x')), "File too large", "unchanged") ? 0 : 1;
    });
    CHECK(result == 0);
    CHECK(text_of(path) == "old");
    CHECK(sorted_names(folder.path()) == names{"file"});
}

TEST_CASE("what another process left behind under our number is not in the way", "[write_file]") {
    const temporary_folder folder;
    for (int i = 0; i < 200; ++i)
        static_cast<void>(
            folder.file("file.partial-" + std::to_string(::getpid()) + "-" + std::to_string(i), "left behind"));
    write_text(folder / "file", "new");
    CHECK(text_of(folder / "file") == "new");
}

TEST_CASE("threads that write one file at once leave one of their contents", "[write_file]") {
    const temporary_folder folder;
    const auto many = [&](char letter) {
        for (int i = 0; i < 50; ++i) write_text(folder / "file", std::string(10'000, letter));
    };
    std::thread a([&] { many('a'); }), b([&] { many('b'); });
    a.join(), b.join();
    const std::string text = text_of(folder / "file");
    CHECK((text == std::string(10'000, 'a') || text == std::string(10'000, 'b')));
    CHECK(sorted_names(folder.path()) == names{"file"});
}

TEST_CASE("another hard link keeps the old contents", "[write_file]") {
    const temporary_folder folder;
    const std::string path = folder.file("file", "old");
    REQUIRE(::link(path.c_str(), (folder / "link").c_str()) == 0);
    write_text(path, "new");
    CHECK(text_of(path) == "new");
    CHECK(text_of(folder / "link") == "old");
}

TEST_CASE("a file that is mounted by itself, as containers have them, is written; a full disk leaves it whole",
          "[write_file][data]") {
    const temporary_folder folder;
    const std::string path = folder.file("file", "old"), other = folder.folder("other");
    const int result = in_child([&] {
        if (!mount_small_file_system(other, 64 * 1024)) return 77;
        const std::string source = other + "/source";
        std::ofstream(source) << "old";
        if (text_of(source) != "old") return 1;
        if (::mount(source.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) != 0) return 77;
        for (const std::string& text : {std::string(10'000, 'l'), std::string("s")}) {
            write_text(path, text);
            if (text_of(path) != text || text_of(source) != text) return 2;
        }
        if (!says(refusal_to_write(path, std::string(80'000, 'x')), "writing")) return 3; // what was beside it has room
        return text_of(path) == "s" && sorted_names(folder.path()) == names{"file", "other"} ? 0 : 4;
    });
    if (result == 77) STRATA_SKIP("nothing can be mounted here, not even in a namespace of its own");
    CHECK(result == 0);
    CHECK(text_of(path) == "old");
}
