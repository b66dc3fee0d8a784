#include "core/intake/slide/TiffStructure.h"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

namespace kamei::intake::slide {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.slide.structure";
constexpr std::uint16_t kSubIfds = 330;
constexpr std::uint16_t kNdpiFormat = 65420;
constexpr std::uint64_t kFourGiB = std::uint64_t{1} << 32;
constexpr std::uint64_t kMaxEntries = 1024;

std::uint64_t numberAt(std::string_view bytes, std::size_t at, std::size_t count, bool big) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value = (value << 8) | static_cast<std::uint8_t>(bytes[big ? at + i : at + count - 1 - i]);
    }
    return value;
}

/// Reads directories and follows their pointers.
class Reader {
public:
    Reader(Structure& out) : m_out(out) {}

    /// `next` becomes the pointer that stands behind the directory.
    base::Expected<Directory> directory(std::uint64_t at, Dialect dialect, std::uint64_t& next) const {
        const bool big = dialect == Dialect::Big;
        const std::size_t countSize = big ? 8 : 2;
        const std::size_t entrySize = big ? 20 : 12;
        const std::size_t pointerSize = dialect == Dialect::Classic ? 4 : 8;
        const auto head = m_out.bytes->read(at, countSize);
        if (!head) {
            return tl::unexpected(head.error());
        }
        const std::uint64_t count = numberAt(*head, 0, countSize, m_out.bigEndian);
        if (count == 0 || count > kMaxEntries) {
            return base::fail(count == 0 ? ErrorCode::Malformed : ErrorCode::TooManyEntries, kPlace);
        }
        const auto body = m_out.bytes->read(at + countSize, count * entrySize + pointerSize);
        if (!body) {
            return tl::unexpected(body.error());
        }
        const bool highWords = dialect == Dialect::Ndpi && m_out.bytes->size() >= kFourGiB;
        std::string high(count * 4, '\0');
        if (highWords) {
            auto words = m_out.bytes->read(at + countSize + count * entrySize + pointerSize, count * 4);
            if (!words) {
                return tl::unexpected(words.error());
            }
            high = std::move(*words);
        }
        Directory out;
        for (std::uint64_t i = 0; i < count; ++i) {
            Entry entry;
            const std::size_t from = i * entrySize;
            entry.tag = static_cast<std::uint16_t>(numberAt(*body, from, 2, m_out.bigEndian));
            entry.type = static_cast<std::uint16_t>(numberAt(*body, from + 2, 2, m_out.bigEndian));
            entry.count = numberAt(*body, from + 4, big ? 8 : 4, m_out.bigEndian);
            const std::size_t room = big ? 8 : 4;
            const std::size_t value = from + 4 + room;
            entry.highWord = static_cast<std::uint32_t>(numberAt(high, i * 4, 4, m_out.bigEndian));
            const std::uint64_t size = entry.valueSize();
            entry.within = size == 0 || entry.count <= room / size;
            entry.valueAt = entry.within ? at + countSize + value
                                         : numberAt(*body, value, room, m_out.bigEndian) +
                                               (std::uint64_t{entry.highWord} << 32);
            out.entries.push_back(entry);
        }
        next = numberAt(*body, count * entrySize, pointerSize, m_out.bigEndian);
        return out;
    }

    /// A directory that no other has led to yet.
    base::Expected<Directory> fresh(std::uint64_t at, std::uint64_t& next) {
        if (!m_seen.insert(at).second) {
            return base::fail(ErrorCode::Malformed, kPlace, {"loop"});
        }
        if (m_seen.size() > kMaxDirectories) {
            return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxDirectories)});
        }
        return directory(at, m_out.dialect, next);
    }

private:
    Structure& m_out;
    std::set<std::uint64_t> m_seen;
};

base::Expected<std::uint64_t> readHeader(Structure& out) {
    const std::uint64_t size = out.bytes->size();
    const auto head = out.bytes->read(0, std::min<std::uint64_t>(size, 16));
    if (!head) {
        return tl::unexpected(head.error());
    }
    const bool little = head->starts_with("II");
    if (head->size() < 8 || (!little && !head->starts_with("MM"))) {
        return base::fail(head->size() < 8 ? ErrorCode::Truncated : ErrorCode::Malformed, kPlace);
    }
    out.bigEndian = !little;
    const std::uint64_t version = numberAt(*head, 2, 2, out.bigEndian);
    if (version == 43) {
        if (head->size() < 16) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (numberAt(*head, 4, 2, out.bigEndian) != 8 || numberAt(*head, 6, 2, out.bigEndian) != 0) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        out.dialect = Dialect::Big;
        return numberAt(*head, 8, 8, out.bigEndian);
    }
    if (version != 42) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (head->size() >= 12 && little) { // Hamamatsu's tag in a directory at a pointer of eight bytes
        const std::uint64_t first = numberAt(*head, 4, 8, false);
        std::uint64_t next = 0;
        const auto directory = first < size ? Reader(out).directory(first, Dialect::Ndpi, next)
                                            : base::fail(ErrorCode::Malformed, kPlace);
        if (directory && directory->find(kNdpiFormat) != nullptr) {
            out.dialect = Dialect::Ndpi;
            return first;
        }
    }
    return numberAt(*head, 4, 4, out.bigEndian);
}

} // namespace

std::uint32_t Entry::valueSize() const {
    //                                       none B  A  S  L  R  SB U  SS SL SR F  D  IFD -  -  L8 SL8 IFD8
    static constexpr std::array<std::uint32_t, 19> kSizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                                          8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < kSizes.size() ? kSizes.at(type) : 0;
}

const Entry* Directory::find(std::uint16_t tag) const {
    const auto found = std::ranges::find(entries, tag, &Entry::tag);
    return found == entries.end() ? nullptr : &*found;
}

base::Expected<std::string> Structure::raw(const Entry& entry, std::uint64_t most) const {
    const std::uint64_t size = entry.valueSize();
    if (size == 0) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (entry.count > bytes->size()) { // no product to overflow below
        return base::fail(ErrorCode::Truncated, kPlace);
    }
    return bytes->read(entry.valueAt, std::min(entry.count * size, most));
}

base::Expected<std::vector<std::uint64_t>> Structure::numbers(const Entry& entry, std::uint64_t most) const {
    static constexpr std::array<std::uint16_t, 12> kIntegers{1, 3, 4, 6, 7, 8, 9, 13, 16, 17, 18, 0};
    const std::uint32_t size = entry.valueSize();
    if (size == 0 || std::ranges::find(kIntegers, entry.type) == kIntegers.end()) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    if (entry.count > most) {
        return base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(most)});
    }
    const auto value = raw(entry, entry.count * size);
    if (!value) {
        return tl::unexpected(value.error());
    }
    std::vector<std::uint64_t> out(entry.count);
    for (std::uint64_t i = 0; i < entry.count; ++i) {
        out[i] = numberAt(*value, i * size, size, bigEndian);
    }
    if (entry.within && entry.count == 1 && entry.highWord != 0) {
        out[0] += std::uint64_t{entry.highWord} << 32;
    }
    return out;
}

std::optional<std::uint64_t> Structure::number(const Directory& directory, std::uint16_t tag) const {
    const Entry* const entry = directory.find(tag);
    if (entry == nullptr || entry->count == 0) {
        return std::nullopt;
    }
    Entry first = *entry;
    first.count = 1;
    const auto values = numbers(first, 1);
    return values ? std::optional((*values)[0]) : std::nullopt;
}

std::string Structure::text(const Directory& directory, std::uint16_t tag) const {
    constexpr std::uint64_t kMost = 4U << 20;
    const Entry* const entry = directory.find(tag);
    if (entry == nullptr) {
        return {};
    }
    auto value = raw(*entry, kMost);
    if (!value) {
        return {};
    }
    while (!value->empty() && value->back() == '\0') {
        value->pop_back();
    }
    return std::move(*value);
}

base::Expected<Structure> readStructure(std::shared_ptr<const ByteSource> bytes) {
    Structure out;
    out.bytes = std::move(bytes);
    const auto first = readHeader(out);
    if (!first) {
        return tl::unexpected(first.error());
    }
    Reader reader(out);
    for (std::uint64_t at = *first; at != 0;) {
        std::uint64_t next = 0;
        auto directory = reader.fresh(at, next);
        if (!directory) {
            return tl::unexpected(directory.error());
        }
        out.directories.push_back(std::move(*directory));
        at = next;
    }
    out.chain = out.directories.size();
    if (out.chain == 0) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    for (std::size_t i = 0; i < out.directories.size(); ++i) {
        const Entry* const entry = out.directories[i].find(kSubIfds);
        if (entry == nullptr) {
            continue;
        }
        if (i >= out.chain) { // pages of pages of pages: nobody writes them
            return base::fail(ErrorCode::TooDeep, kPlace);
        }
        const auto places = out.numbers(*entry, kMaxDirectories);
        if (!places) {
            return tl::unexpected(places.error());
        }
        for (const std::uint64_t place : *places) {
            std::uint64_t next = 0; // a chain behind a SubIFD is left behind
            auto directory = reader.fresh(place, next);
            if (!directory) {
                return tl::unexpected(directory.error());
            }
            out.directories[i].children.push_back(out.directories.size());
            out.directories.push_back(std::move(*directory));
        }
    }
    return out;
}

} // namespace kamei::intake::slide
