#include "core/intake/signal/Scp.h"

#include <algorithm>
#include <set>

#include "core/intake/signal/ScpTags.h"

namespace kamei::intake::signal {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.signal.scp";
constexpr std::size_t kRecordHeader = 6; ///< checksum and size
constexpr std::size_t kChecksum = 2;
constexpr std::size_t kPointer = 10;
constexpr std::uint32_t kIdentification = 1;

tl::unexpected<base::Error> malformed() {
    return base::fail(ErrorCode::Malformed, kPlace);
}

std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    return static_cast<std::size_t>(readUnsigned(bytes.substr(at, size), false));
}

/// CRC-CCITT from 0xFFFF (EN 1064 5.2.5, 5.2.7): over everything but the checksum itself.
std::uint16_t checksum(std::string_view bytes) {
    constexpr std::uint32_t kPolynomial = 0x1021;
    std::uint32_t out = 0xFFFF;
    for (const char c : bytes) {
        out ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8;
        for (int bit = 0; bit < 8; ++bit) {
            out = ((out << 1) ^ ((out & 0x8000) != 0 ? kPolynomial : 0)) & 0xFFFF;
        }
    }
    return static_cast<std::uint16_t>(out);
}

bool isWhole(std::string_view part) {
    return number(part, 0, kChecksum) == checksum(part.substr(kChecksum));
}

/// Huffman tables, leads, beats, samples and measurements: numbers, never touched (sections 2 to 7, 10, and
/// the long recording of 12).
bool isMeasured(std::uint32_t id) {
    return (id >= 2 && id <= 7) || id == 10 || id == 12;
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    base::Expected<ScpLayout> read() {
        if (m_bytes.size() < kRecordHeader + kScpSectionHeader) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        const std::size_t stated = number(m_bytes, 2, 4);
        if (stated > m_bytes.size()) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (stated < m_bytes.size() || !isWhole(m_bytes)) {
            return malformed();
        }
        auto done = pointers();
        if (done) {
            done = apart();
        }
        if (done) {
            done = fields();
        }
        return done ? base::Expected<ScpLayout>(std::move(m_out)) : tl::unexpected(done.error());
    }

private:
    using Done = base::Expected<void>;

    /// Section 0 says where the others lie, the first byte of the record being 1.
    Done pointers() {
        const std::size_t size = number(m_bytes, kRecordHeader + 4, 4);
        if (size > m_bytes.size() - kRecordHeader) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        if (size < kScpSectionHeader + kPointer || (size - kScpSectionHeader) % kPointer != 0) {
            return malformed();
        }
        m_out.sections.push_back({0, kRecordHeader, size});
        std::set<std::size_t> seen{0};
        for (std::size_t at = kRecordHeader + kScpSectionHeader; at < kRecordHeader + size; at += kPointer) {
            const std::size_t id = number(m_bytes, at, 2);
            const std::size_t length = number(m_bytes, at + 2, 4);
            const std::size_t index = number(m_bytes, at + 6, 4);
            if (id == 0 && length == size && index == kRecordHeader + 1) {
                continue;
            }
            if (length == 0) { // not in this record
                continue;
            }
            if (index == 0 || length < kScpSectionHeader || !seen.insert(id).second) {
                return malformed();
            }
            if (index - 1 > m_bytes.size() || length > m_bytes.size() - (index - 1)) {
                return base::fail(ErrorCode::Truncated, kPlace);
            }
            m_out.sections.push_back({static_cast<std::uint32_t>(id), index - 1, length});
        }
        return {};
    }

    /// Every section is where and what it is said to be, and no two share bytes.
    Done apart() {
        std::ranges::sort(m_out.sections, {}, &ScpSection::at);
        std::size_t end = kRecordHeader;
        for (const ScpSection& one : m_out.sections) {
            if (one.at < end || !isAll(m_bytes.substr(end, one.at - end), '\0') ||
                number(m_bytes, one.at + 2, 2) != one.id || number(m_bytes, one.at + 4, 4) != one.size ||
                !isWhole(m_bytes.substr(one.at, one.size))) {
                return malformed();
            }
            end = one.at + one.size;
        }
        return isAll(m_bytes.substr(end), '\0') ? Done() : malformed();
    }

    Done fields() {
        const auto first = std::ranges::find(m_out.sections, kIdentification, &ScpSection::id);
        if (first == m_out.sections.end()) {
            return malformed();
        }
        auto tags = scpTagFields(m_bytes, *first);
        if (!tags) {
            return tl::unexpected(tags.error());
        }
        m_out.fields = std::move(*tags);
        const TextHabit habit = scpTextHabit(m_bytes, *first);
        for (const ScpSection& one : m_out.sections) {
            if (one.id == 0 || one.id == kIdentification || isMeasured(one.id)) {
                continue;
            }
            if (one.id == 8 || one.id == 11) {
                for (Field& field : scpStatementFields(m_bytes, one, habit)) {
                    m_out.fields.push_back(std::move(field));
                }
            } else if (one.size > kScpSectionHeader) {
                m_out.fields.push_back(scpOpaqueSection(one));
            }
        }
        return {};
    }

    std::string_view m_bytes;
    ScpLayout m_out;
};

void sign(std::string& bytes, std::size_t at, std::size_t size) {
    const std::uint16_t sum = checksum(std::string_view(bytes).substr(at + kChecksum, size - kChecksum));
    bytes[at] = static_cast<char>(sum & 0xFF);
    bytes[at + 1] = static_cast<char>(sum >> 8);
}

} // namespace

base::Expected<ScpLayout> scpLayout(std::string_view bytes) {
    return Reader(bytes).read();
}

base::Expected<Page> scpPage(std::string_view bytes) {
    const auto layout = scpLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    PageBuilder page;
    page.line("SCP-ECG");
    page.line();
    for (const Field& field : layout->fields) {
        show(page, bytes, field);
    }
    page.line();
    page.line("Sections");
    for (const ScpSection& one : layout->sections) {
        page.line("  " + std::to_string(one.id) + ": " + std::to_string(one.size) + " bytes");
    }
    return page.take("SCP-ECG");
}

base::Expected<std::string> rewriteScp(std::string bytes, const Page& page,
                                       const std::vector<Change>& changes) {
    const auto layout = scpLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    std::string out = rewriteFields(bytes, layout->fields, page, changes);
    for (const ScpSection& one : layout->sections) {
        const std::string_view after = std::string_view(out).substr(one.at, one.size);
        if (after != std::string_view(bytes).substr(one.at, one.size)) {
            sign(out, one.at, one.size);
        }
    }
    sign(out, 0, out.size());
    // Read back: every size and checksum agrees, and no section moved.
    const auto again = scpLayout(out);
    if (!again || again->sections.size() != layout->sections.size()) {
        return malformed();
    }
    return out;
}

} // namespace kamei::intake::signal
