#include "core/intake/genome/Bcf.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/hts_log.h>
#include <htslib/kstring.h>
#include <htslib/vcf.h>

namespace kamei::intake::genome {
namespace {

using base::ErrorCode;
using namespace std::string_view_literals;

constexpr std::string_view kPlace = "intake.genome.bcf";
constexpr std::string_view kMagic = "BCF\2"sv;
constexpr std::size_t kHeaderAt = 9; ///< magic, minor version, l_text

struct CloseFile {
    void operator()(htsFile* file) const { hts_close(file); }
};
struct FreeHeader {
    void operator()(bcf_hdr_t* header) const { bcf_hdr_destroy(header); }
};
struct FreeRecord {
    void operator()(bcf1_t* record) const { bcf_destroy(record); }
};
using File = std::unique_ptr<htsFile, CloseFile>;
using Header = std::unique_ptr<bcf_hdr_t, FreeHeader>;
using Record = std::unique_ptr<bcf1_t, FreeRecord>;

struct Text {
    kstring_t s = KS_INITIALIZE;
    ~Text() { ks_free(&s); }
    [[nodiscard]] std::string_view view() const { return {s.s == nullptr ? "" : s.s, s.l}; }
};

tl::unexpected<base::Error> malformed() {
    return base::fail(ErrorCode::Malformed, kPlace);
}

/// htslib writes names of samples to standard error.
void silence() {
    static std::once_flag once;
    std::call_once(once, [] { hts_set_log_level(HTS_LOG_OFF); });
}

std::uint32_t number(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
        value = (value << 8) | static_cast<std::uint8_t>(bytes[at + i]);
    }
    return value;
}

File openMemory(std::string_view bytes) {
    silence();
    auto* copy = static_cast<char*>(std::malloc(bytes.size())); // NOLINT: hopen takes and frees it
    if (copy == nullptr) {
        return nullptr;
    }
    std::memcpy(copy, bytes.data(), bytes.size());
    hFILE* memory = hopen("mem:", "rb:", copy, bytes.size()); // NOLINT: the interface is variadic
    if (memory == nullptr) {
        std::free(copy); // NOLINT
        return nullptr;
    }
    File file(hts_hopen(memory, "mem:", "rb"));
    if (file == nullptr) {
        hclose_abruptly(memory);
    }
    return file;
}

struct Descriptor {
    int value = -1;
    ~Descriptor() {
        if (value >= 0) {
            ::close(value);
        }
    }
};

base::Expected<std::string> readAll(int descriptor) {
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    if (size < 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    std::string out(static_cast<std::size_t>(size), '\0');
    for (std::size_t at = 0; at < out.size();) {
        const ssize_t got = ::pread(descriptor, out.data() + at, out.size() - at, static_cast<off_t>(at));
        if (got <= 0) {
            return tl::unexpected(base::errorFromErrno(errno, kPlace));
        }
        at += static_cast<std::size_t>(got);
    }
    return out;
}

std::string_view recordOf(std::string_view bcf, const BcfFrame& frame, std::size_t index) {
    return bcf.substr(frame.records[index], frame.records[index + 1] - frame.records[index]);
}

/// One new record as BCF: through a file of htslib in memory, because only that encodes one.
base::Expected<std::string> encodeLine(bcf_hdr_t* header, const std::string& line) {
    Record record(bcf_init());
    Text text;
    if (record == nullptr || kputsn(line.data(), line.size(), &text.s) < 0 ||
        vcf_parse(&text.s, header, record.get()) != 0 || record->errcode != 0) {
        return malformed();
    }
    Descriptor memory{::memfd_create("kamei-bcf", MFD_CLOEXEC)};
    const int copy = memory.value < 0 ? -1 : ::dup(memory.value);
    hFILE* out = copy < 0 ? nullptr : hdopen(copy, "w");
    if (out == nullptr) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    htsFile* opened = hts_hopen(out, "mem:", "wbu");
    if (opened == nullptr) {
        hclose_abruptly(out);
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    const bool written = bcf_hdr_write(opened, header) == 0 && bcf_write(opened, header, record.get()) == 0;
    if (hts_close(opened) != 0 || !written) {
        return malformed();
    }
    const auto bytes = readAll(memory.value);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto frame = frameOf(*bytes);
    if (!frame || frame->records.size() != 2) {
        return malformed();
    }
    return std::string(recordOf(*bytes, *frame, 0));
}

} // namespace

bool isBcf(std::string_view inflated) {
    return inflated.starts_with(kMagic);
}

base::Expected<BcfFrame> frameOf(std::string_view bcf) {
    if (!isBcf(bcf) || bcf.size() < kHeaderAt) {
        return malformed();
    }
    const std::size_t length = number(bcf, kMagic.size() + 1);
    if (length > bcf.size() - kHeaderAt) {
        return base::fail(ErrorCode::TooLarge, kPlace);
    }
    BcfFrame out;
    out.headerBegin = kHeaderAt;
    const std::string_view text = bcf.substr(kHeaderAt, length);
    out.headerSize = std::min(text.find('\0'), text.size());
    if (text.find_first_not_of('\0', out.headerSize) != std::string_view::npos) {
        return malformed(); // something stands behind the end of the text
    }
    std::size_t at = kHeaderAt + length;
    while (true) {
        out.records.push_back(at);
        constexpr std::size_t kLengths = 8;
        if (bcf.size() - at < kLengths) {
            break;
        }
        const std::uint64_t size = std::uint64_t{number(bcf, at)} + number(bcf, at + 4);
        if (size > bcf.size() - at - kLengths) {
            break;
        }
        at += kLengths + static_cast<std::size_t>(size);
    }
    return out;
}

base::Expected<std::string> bcfRecords(std::string_view bcf, std::size_t limit, bool& whole) {
    const auto frame = frameOf(bcf);
    if (!frame) {
        return tl::unexpected(frame.error());
    }
    const File file = openMemory(bcf.substr(0, frame->records.back()));
    const Header header(file == nullptr ? nullptr : bcf_hdr_read(file.get()));
    const Record record(bcf_init());
    if (header == nullptr || record == nullptr) {
        return malformed();
    }
    std::string out;
    Text line;
    for (std::size_t i = 0; i + 1 < frame->records.size(); ++i) {
        ks_clear(&line.s);
        if (bcf_read(file.get(), header.get(), record.get()) != 0 || record->errcode != 0 ||
            vcf_format(header.get(), record.get(), &line.s) != 0) {
            return malformed();
        }
        if (out.size() + line.view().size() > limit) {
            whole = false;
            break;
        }
        out += line.view();
    }
    return out;
}

base::Expected<std::string> writeBcf(std::string_view bcf, const BcfFrame& frame, std::string_view header,
                                     const std::map<std::size_t, std::string>& lines) {
    std::string out(bcf.substr(0, kMagic.size() + 1));
    const std::size_t size = header.size() + 1; // closed by a zero
    for (int shift = 0; shift < 32; shift += 8) {
        out += static_cast<char>((size >> shift) & 0xFF);
    }
    out += header;
    out += '\0';
    const std::string head = out;
    const File file = openMemory(head);
    const Header parsed(file == nullptr ? nullptr : bcf_hdr_read(file.get()));
    if (parsed == nullptr) {
        return malformed();
    }
    for (std::size_t i = 0; i + 1 < frame.records.size(); ++i) {
        const auto changed = lines.find(i);
        if (changed == lines.end()) {
            out += recordOf(bcf, frame, i);
            continue;
        }
        auto record = encodeLine(parsed.get(), changed->second);
        if (!record) {
            return record;
        }
        out += *record;
    }
    // Read back: as many records under the new header, and what was not to change is what it was.
    const auto again = frameOf(out);
    if (!again || again->records.size() != frame.records.size() || again->records.back() != out.size()) {
        return malformed();
    }
    bool whole = true;
    const auto before = bcfRecords(bcf, SIZE_MAX, whole);
    const auto after = bcfRecords(out, SIZE_MAX, whole);
    if (!before || !after) {
        return malformed();
    }
    std::string_view left = *before;
    std::string_view right = *after;
    for (std::size_t i = 0; !left.empty() || !right.empty(); ++i) {
        const std::string_view old = left.substr(0, left.find('\n') + 1);
        const std::string_view now = right.substr(0, right.find('\n') + 1);
        if (old.empty() || now.empty() || (old != now && !lines.contains(i))) {
            return malformed();
        }
        left.remove_prefix(old.size());
        right.remove_prefix(now.size());
    }
    return out;
}

} // namespace kamei::intake::genome
