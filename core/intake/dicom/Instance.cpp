#include "core/intake/dicom/Instance.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <zlib.h>

#include "core/intake/dicom/Dictionary.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.dicom.open";
constexpr std::string_view kDeflated = "1.2.840.10008.1.2.1.99";
constexpr std::string_view kImplicit = "1.2.840.10008.1.2";
constexpr std::string_view kBigEndian = "1.2.840.10008.1.2.2";
constexpr std::uint64_t kFirstRead = 16 * 1024; // most headers of a CT or MR fit; the next read is of 64 KiB
constexpr std::uint64_t kLargestHeader = 1ULL << 30;
constexpr std::size_t kPreamble = 128;

std::string_view trimmed(std::span<const std::byte> bytes) {
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) {
        text.remove_suffix(1);
    }
    return text;
}

bool startsWith(std::span<const std::byte> bytes, std::size_t offset, std::string_view word) {
    return bytes.size() >= offset + word.size() &&
           std::memcmp(bytes.data() + offset, word.data(), word.size()) == 0;
}

/// Whether a data set stands there as it is, whatever the transfer syntax says of compression: a first
/// element of group 0008 with a VR of the standard. Deflated bytes look like that once in 2^48.
bool isPlainDataSet(std::span<const std::byte> head, std::uint64_t begin) {
    const auto rest = head.subspan(static_cast<std::size_t>(std::min<std::uint64_t>(begin, head.size())));
    const auto syntax = guessSyntax(rest);
    return syntax && syntax->explicitVr && !syntax->bigEndian && rest[0] == std::byte{8} &&
           rest[1] == std::byte{0};
}

} // namespace

Instance::Instance() = default;

Instance::Instance(Instance&& other) noexcept {
    *this = std::move(other);
}

Instance& Instance::operator=(Instance&& other) noexcept {
    if (this != &other) {
        std::swap(m_descriptor, other.m_descriptor);
        m_memory = other.m_memory;
        // Moving a vector keeps its storage, so that the view of the header stays valid.
        m_buffer = std::move(other.m_buffer);
        m_tail = std::move(other.m_tail);
        m_tailBase = other.m_tailBase;
        m_head = other.m_head;
        m_total = other.m_total;
        m_stamp = other.m_stamp;
        m_metaBytes = std::move(other.m_metaBytes);
        m_meta = std::move(other.m_meta);
        m_elements = std::move(other.m_elements);
        m_transferSyntax = std::move(other.m_transferSyntax);
        m_syntax = other.m_syntax;
        m_deflated = other.m_deflated;
        m_partial = other.m_partial;
        m_pixels = other.m_pixels;
        m_fragments = std::move(other.m_fragments);
    }
    return *this;
}

Instance::~Instance() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

base::Expected<Instance> Instance::open(const std::filesystem::path& path) {
    Instance out;
    out.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (out.m_descriptor < 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    struct stat info {};
    if (::fstat(out.m_descriptor, &info) != 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    if (!S_ISREG(info.st_mode)) {
        return base::fail(ErrorCode::NotRegularFile, kPlace);
    }
    out.m_total = static_cast<std::uint64_t>(info.st_size);
    out.m_stamp = {out.m_total,
                   static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
    if (auto loaded = out.load(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    return out;
}

base::Expected<Instance> Instance::ofMemory(std::span<const std::byte> bytes, std::uint64_t fileSize) {
    Instance out;
    out.m_memory = bytes;
    out.m_total = std::max<std::uint64_t>(bytes.size(), fileSize);
    out.m_partial = out.m_total > bytes.size();
    if (auto loaded = out.load(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    return out;
}

base::Expected<void> Instance::fill(std::uint64_t size) {
    if (m_descriptor < 0) {
        // All that is given is at hand already; asking for more means that the header is not whole.
        if (!m_head.empty()) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        m_head = m_memory;
        return {};
    }
    const std::uint64_t wanted = std::min(size, m_total);
    const std::uint64_t had = m_buffer.size();
    if (had >= wanted) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    if (wanted > kLargestHeader) {
        return base::fail(ErrorCode::TooLarge, kPlace);
    }
    m_buffer.resize(static_cast<std::size_t>(wanted));
    m_head = m_buffer;
    return read(had, std::span(m_buffer).subspan(static_cast<std::size_t>(had)));
}

base::Expected<void> Instance::read(std::uint64_t offset, std::span<std::byte> out) const {
    if (m_deflated || m_descriptor < 0) {
        const std::span<const std::byte> all = m_deflated ? std::span<const std::byte>(m_buffer) : m_memory;
        if (offset > all.size() || out.size() > all.size() - offset) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        std::ranges::copy(all.subspan(static_cast<std::size_t>(offset), out.size()), out.begin());
        return {};
    }
    while (!out.empty()) {
        const ssize_t got = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return tl::unexpected(base::errorFromErrno(errno, kPlace));
        }
        if (got == 0) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

base::Expected<void> Instance::load() {
    if (!Dictionary::shared().loaded()) {
        return base::fail(ErrorCode::NotFound, "intake.dicom.dictionary");
    }
    if (m_total == 0) {
        return base::fail(ErrorCode::Empty, kPlace);
    }
    if (auto filled = fill(kFirstRead); !filled) {
        return filled;
    }
    std::uint64_t begin = 0;
    if (startsWith(m_head, kPreamble, "DICM")) {
        begin = kPreamble + 4;
    } else if (startsWith(m_head, 0, "DICM")) {
        begin = 4;
    }
    for (;;) {
        m_meta.clear();
        const auto end = readMeta(m_head, begin, m_total, m_meta);
        if (!end) {
            return tl::unexpected(end.error());
        }
        if (*end) {
            begin = **end;
            break;
        }
        if (auto filled = fill(m_head.size() * 4); !filled) {
            return filled;
        }
    }
    for (const Element& element : m_meta) {
        if (element.tag == tags::TransferSyntax && m_transferSyntax.empty()) {
            m_transferSyntax = std::string(trimmed(metaValue(element)));
        }
    }
    if (m_transferSyntax == kDeflated && !isPlainDataSet(m_head, begin)) {
        if (auto inflated = inflateFrom(begin); !inflated) {
            return inflated;
        }
        begin = 0;
    }
    if (begin >= m_total) {
        return base::fail(ErrorCode::Truncated, kPlace); // a header of headers, and nothing said of anybody
    }
    chooseSyntax(begin);
    return loadDataSet(begin);
}

void Instance::chooseSyntax(std::uint64_t begin) {
    const bool stated = !m_transferSyntax.empty();
    m_syntax = {m_transferSyntax != kImplicit, m_transferSyntax == kBigEndian};
    const auto seen =
        begin < m_head.size() ? guessSyntax(m_head.subspan(static_cast<std::size_t>(begin))) : std::nullopt;
    // The first element tells the truth where the stated syntax is wrong or missing.
    if (seen && (!stated || *seen != m_syntax)) {
        m_syntax = *seen;
    }
}

base::Expected<void> Instance::inflateFrom(std::uint64_t begin) {
    if (m_partial) {
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    while (m_head.size() < m_total) {
        if (auto filled = fill(m_total); !filled) {
            return filled;
        }
    }
    m_metaBytes.assign(reinterpret_cast<const char*>(m_head.data()), static_cast<std::size_t>(begin));
    const std::span<const std::byte> in = m_head.subspan(static_cast<std::size_t>(begin));
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in.data()));
    stream.avail_in = static_cast<uInt>(in.size());
    std::vector<std::byte> out;
    int status = Z_OK;
    while (status == Z_OK && out.size() < kLargestHeader) {
        const std::size_t had = out.size();
        out.resize(had + std::max<std::size_t>(had, 256 * 1024));
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
        stream.avail_out = static_cast<uInt>(out.size() - had);
        status = ::inflate(&stream, Z_NO_FLUSH);
        out.resize(out.size() - stream.avail_out);
        if (status == Z_BUF_ERROR || (status == Z_OK && stream.avail_in == 0 && stream.avail_out != 0)) {
            break;
        }
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END) {
        return base::fail(out.size() >= kLargestHeader ? ErrorCode::TooLarge
                          : status == Z_DATA_ERROR     ? ErrorCode::Malformed
                                                       : ErrorCode::Truncated,
                          kPlace);
    }
    m_buffer = std::move(out);
    m_head = m_buffer;
    m_total = m_buffer.size();
    m_deflated = true;
    return {};
}

base::Expected<void> Instance::loadDataSet(std::uint64_t begin) {
    m_elements.reserve(256);
    for (;;) {
        m_elements.clear();
        const TapeReader reader{m_head, 0, m_total, m_syntax};
        const auto result = reader.read(begin, m_elements);
        if (!result) {
            return tl::unexpected(result.error());
        }
        if (result->outcome == TapeReader::Outcome::End) {
            return {};
        }
        if (result->outcome == TapeReader::Outcome::Pixels) {
            return locatePixels();
        }
        if (auto filled = fill(m_head.size() * 4); !filled) {
            return filled;
        }
    }
}

base::Expected<void> Instance::locatePixels() {
    const Element& element = m_elements.back();
    PixelLocation pixels;
    pixels.tag = element.tag;
    pixels.vr = element.vr;
    pixels.encapsulated = element.kind == Element::Kind::Fragments;
    pixels.offset = element.offset;
    pixels.length = element.length;
    pixels.element = static_cast<std::uint32_t>(m_elements.size() - 1);
    if (pixels.encapsulated && !m_partial) {
        std::uint64_t position = pixels.offset;
        std::array<std::byte, 8> head{};
        for (;;) {
            if (m_total - position < head.size()) {
                return base::fail(ErrorCode::Truncated, kPlace, {tagText(element.tag)});
            }
            if (auto got = read(position, head); !got) {
                return got;
            }
            std::uint32_t length = 0;
            std::memcpy(&length, head.data() + 4, sizeof length); // always little endian (PS3.5 A.4)
            constexpr std::array kItem{std::byte{0xFE}, std::byte{0xFF}, std::byte{0x00}, std::byte{0xE0}};
            constexpr std::array kEnd{std::byte{0xFE}, std::byte{0xFF}, std::byte{0xDD}, std::byte{0xE0}};
            if (std::ranges::equal(std::span(head).first(4), kEnd)) {
                break;
            }
            position += head.size();
            if (!std::ranges::equal(std::span(head).first(4), kItem)) {
                return base::fail(ErrorCode::Malformed, kPlace, {tagText(element.tag)});
            }
            if (length > m_total - position) {
                return base::fail(ErrorCode::Truncated, kPlace, {tagText(element.tag)});
            }
            m_fragments.push_back({position, length});
            position += length;
        }
        pixels.length = position - pixels.offset;
    }
    m_pixels = pixels;
    return m_partial ? base::Expected<void>{} : loadTail();
}

base::Expected<void> Instance::loadTail() {
    const std::uint64_t begin = m_pixels->offset + m_pixels->length + (m_pixels->encapsulated ? 8 : 0);
    if (begin >= m_total) {
        return {};
    }
    m_tailBase = begin;
    std::span<const std::byte> bytes;
    if (begin < m_head.size() && m_head.size() == m_total) {
        bytes = m_head.subspan(static_cast<std::size_t>(begin));
    } else {
        if (m_total - begin > kLargestHeader / 4) {
            return base::fail(ErrorCode::TooLarge, kPlace);
        }
        m_tail.resize(static_cast<std::size_t>(m_total - begin));
        if (auto got = read(begin, m_tail); !got) {
            return got;
        }
        bytes = m_tail;
    }
    const TapeReader reader{bytes, begin, m_total, m_syntax};
    const auto result = reader.read(begin, m_elements);
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (result->outcome != TapeReader::Outcome::End) {
        return base::fail(ErrorCode::Malformed, kPlace, {tagText(tags::PixelData)}); // pixel data twice
    }
    return {};
}

std::span<const std::byte> Instance::value(const Element& element) const {
    const auto length = static_cast<std::size_t>(element.length);
    if (m_pixels && element.depth == 0 && element.tag == m_pixels->tag &&
        element.offset == m_pixels->offset) {
        return {};
    }
    if (!m_tail.empty() && element.offset >= m_tailBase) {
        return std::span<const std::byte>(m_tail).subspan(
            static_cast<std::size_t>(element.offset - m_tailBase), length);
    }
    return m_head.subspan(static_cast<std::size_t>(element.offset), length);
}

std::span<const std::byte> Instance::metaValue(const Element& element) const {
    const std::span<const std::byte> bytes =
        m_deflated ? std::as_bytes(std::span(m_metaBytes.data(), m_metaBytes.size())) : m_head;
    return bytes.subspan(static_cast<std::size_t>(element.offset), static_cast<std::size_t>(element.length));
}

const Element* Instance::find(Tag tag) const {
    for (std::size_t i = 0; i < m_elements.size(); i = m_elements[i].next) {
        if (m_elements[i].tag == tag) {
            return &m_elements[i];
        }
    }
    return nullptr;
}

std::string_view Instance::text(const Element& element) const {
    return trimmed(value(element));
}

std::string_view Instance::text(Tag tag) const {
    const Element* element = find(tag);
    return element == nullptr ? std::string_view{} : text(*element);
}

std::optional<double> Instance::decimal(Tag tag, std::size_t index) const {
    std::string_view all = text(tag);
    for (; index > 0; --index) {
        const std::size_t cut = all.find('\\');
        if (cut == std::string_view::npos) {
            return std::nullopt;
        }
        all.remove_prefix(cut + 1);
    }
    all = all.substr(0, all.find('\\'));
    while (!all.empty() && (all.front() == ' ' || all.front() == '+')) {
        all.remove_prefix(1);
    }
    double out = 0;
    const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), out);
    return error == std::errc{} ? std::optional(out) : std::nullopt;
}

std::optional<std::int64_t> Instance::number(Tag tag) const {
    const Element* element = find(tag);
    if (element == nullptr || element->kind != Element::Kind::Value) {
        return std::nullopt;
    }
    if (element->vr == vr::IS || element->vr == vr::DS) {
        const auto found = decimal(tag);
        constexpr double kLargest = 9e15;
        return found && *found > -kLargest && *found < kLargest
                   ? std::optional(static_cast<std::int64_t>(*found))
                   : std::nullopt;
    }
    const std::span<const std::byte> bytes = value(*element);
    const std::size_t size = numberSize(element->vr);
    if ((size != 2 && size != 4) || bytes.size() < size) {
        return std::nullopt;
    }
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < size; ++i) {
        out = out << 8 | std::to_integer<std::uint64_t>(bytes[element->syntax.bigEndian ? i : size - 1 - i]);
    }
    if (element->vr == vr::SS) {
        return static_cast<std::int16_t>(out);
    }
    return element->vr == vr::SL ? static_cast<std::int32_t>(out) : static_cast<std::int64_t>(out);
}

} // namespace kamei::intake::dicom
