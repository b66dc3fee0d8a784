#include <algorithm>
#include <map>

#include "core/intake/signal/Edf.h"
#include "core/intake/signal/Wanted.h"

namespace kamei::intake::signal {
namespace {

using base::ErrorCode;
using encoding::Encoding;

constexpr std::string_view kPlace = "intake.signal.rewrite";

/// A value in the encoding of the file; what cannot be written in it is written as "X".
std::string encoded(const Wanted& wanted, bool brief, Encoding encoding) {
    if (!brief) {
        if (auto bytes = encoding::encode(wanted.text, encoding)) {
            return std::move(*bytes);
        }
    }
    return encoding::encode(wanted.brief, encoding).value_or("X");
}

class Writer {
public:
    Writer(std::string bytes, const EdfLayout& layout, const Page& page, const std::vector<Change>& changes)
        : m_bytes(std::move(bytes)), m_layout(layout), m_page(page) {
        std::map<std::size_t, std::vector<const Change*>> bySlot;
        for (const Change& change : changes) {
            bySlot[change.slot].push_back(&change);
        }
        for (const auto& [slot, list] : bySlot) {
            const text::Segment& part = page.text.segments()[slot];
            m_wanted.emplace(page.places[slot].at,
                             wantedOf(page.text.slice(part.start, part.end), list, page.places[slot].cell));
        }
    }

    base::Expected<std::string> write() {
        for (const auto& [at, recording] : {std::pair{kPatientAt, false}, std::pair{kRecordingAt, true}}) {
            if (auto done = identification(at, recording); !done) {
                return tl::unexpected(done.error());
            }
        }
        fields();
        for (const Area& area : m_layout.areas) {
            if (auto done = annotations(area); !done) {
                return tl::unexpected(done.error());
            }
        }
        return std::move(m_bytes);
    }

private:
    /// The parts of an identification share a field of 80 bytes.
    base::Expected<void> identification(std::size_t at, bool recording) {
        const auto parts =
            m_layout.plus ? identificationParts(m_bytes, at, recording) : std::vector<EdfPart>{};
        const bool touched =
            std::ranges::any_of(parts, [this](const EdfPart& part) { return m_wanted.contains(part.at); });
        if (!touched) {
            return {};
        }
        for (const bool brief : {false, true}) {
            std::string out(recording ? "Startdate" : "");
            for (const EdfPart& part : parts) {
                const auto wanted = m_wanted.find(part.at);
                out += out.empty() ? "" : " ";
                out += wanted == m_wanted.end() ? m_bytes.substr(part.at, part.size)
                                                : encoded(wanted->second, brief, m_layout.headerEncoding);
            }
            if (out.size() <= kIdentification) {
                put(at, kIdentification, out, ' ');
                for (const EdfPart& part : parts) {
                    m_wanted.erase(part.at);
                }
                return {};
            }
        }
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kIdentification)});
    }

    void fields() {
        for (const Slot& slot : m_page.places) {
            const auto wanted = m_wanted.find(slot.at);
            if (wanted == m_wanted.end() || slot.at >= m_layout.headerSize) {
                continue;
            }
            std::string value = encoded(wanted->second, false, m_layout.headerEncoding);
            if (value.size() > slot.size) {
                value = encoded(wanted->second, true, m_layout.headerEncoding);
            }
            // What stays of the text is no longer than it was, and an X no longer than what it stands for.
            value.resize(std::min(value.size(), slot.size));
            put(slot.at, slot.size, value, ' ');
        }
    }

    base::Expected<void> annotations(const Area& area) {
        const auto first = m_layout.annotations.begin() + static_cast<std::ptrdiff_t>(area.first);
        const auto last = first + static_cast<std::ptrdiff_t>(area.count);
        if (std::none_of(first, last, [this](const Annotation& one) { return m_wanted.contains(one.at); })) {
            return {};
        }
        for (const bool brief : {false, true}) {
            std::string out;
            std::size_t at = area.at;
            for (auto one = first; one != last; ++one) {
                const auto wanted = m_wanted.find(one->at);
                if (wanted == m_wanted.end()) {
                    continue;
                }
                out += m_bytes.substr(at, one->at - at) +
                       encoded(wanted->second, brief, m_layout.annotationEncoding);
                at = one->at + one->size;
            }
            out += m_bytes.substr(at, area.at + area.used - at);
            if (out.size() <= area.size) {
                put(area.at, area.size, out, '\0');
                return {};
            }
        }
        return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(area.size)});
    }

    void put(std::size_t at, std::size_t size, std::string value, char filler) {
        value.resize(size, filler);
        m_bytes.replace(at, size, value);
    }

    std::string m_bytes;
    const EdfLayout& m_layout;
    const Page& m_page;
    std::map<std::size_t, Wanted> m_wanted; ///< by byte of the slot
};

} // namespace

base::Expected<std::string> rewriteEdf(std::string bytes, const Page& page,
                                       const std::vector<Change>& changes) {
    const auto layout = edfLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    auto out = Writer(bytes, *layout, page, changes).write();
    if (!out) {
        return out;
    }
    // Read back: every size still agrees, and the samples are those of the source.
    const auto again = edfLayout(*out);
    if (!again || out->size() != bytes.size() || again->recordSize != layout->recordSize) {
        return base::fail(ErrorCode::Malformed, kPlace);
    }
    return out;
}

} // namespace kamei::intake::signal
