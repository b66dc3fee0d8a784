#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/intake/text/TextSource.h"

namespace kamei::intake::text {
namespace {

using Replacement = TextSource::Replacement;

/// HL7 v3 data types R1 (CDA R2 normative edition 2005): a value that exists and is withheld (NullFlavor).
constexpr std::string_view kMasked = " nullFlavor=\"MSK\"";

/// Attributes that may be absent but not empty (uid, st, ts, cs, url of datatypes-base.xsd). `value`: without
/// it the element has none.
struct Row {
    std::string_view name;
    bool value = false;
};
constexpr std::array kRows{Row{"root", true},         Row{"extension", true},
                           Row{"value", true},        Row{"code", true},
                           Row{"displayName", false}, Row{"assigningAuthorityName", false}};

std::string_view attributeName(const Segment& segment) {
    const std::size_t at = segment.path.rfind("/@");
    return segment.attribute < 0 || at == std::string::npos ? std::string_view()
                                                            : std::string_view(segment.path).substr(at + 2);
}

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

} // namespace

/// Finds what the replacements leave empty in a CDA document, and how to say so in valid CDA.
class CdaEmptied {
public:
    CdaEmptied(const TextSource& source, std::vector<TextSource::Piece> pieces)
        : m_source(source), m_pieces(std::move(pieces)) {}

    std::vector<Replacement> run() {
        for (std::size_t i = 0; i < m_pieces.size();) {
            std::size_t end = i + 1;
            while (end < m_pieces.size() && m_pieces[end].segment == m_pieces[i].segment) {
                ++end;
            }
            if (leftBlank(i, end)) {
                m_emptied.insert(m_emptied.end(), m_pieces[i].segment);
            }
            i = end;
        }
        for (const std::size_t index : m_emptied) {
            const Segment& segment = m_source.segments()[index];
            if (segment.attribute >= 0) {
                attribute(index);
            } else if (segment.holder >= 0 && nothingLeft(index, segment.holder)) {
                m_masked.insert(segment.holder);
            } else if (segment.holder >= 0 && segment.tag >= 0 && nothingLeft(index, segment.tag)) {
                m_masked.insert(segment.tag);
            }
        }
        for (TextSource::Piece& piece : m_pieces) {
            const auto dropped = m_dropped.find(piece.segment);
            if (dropped == m_dropped.end()) {
                m_out.push_back(std::move(piece.what));
            } else if (!dropped->second) {
                const Segment& segment = m_source.segments()[piece.segment];
                m_out.push_back({segment.attribute, segment.end + 1, {}}); // with its closing quote
                dropped->second = true;
            }
        }
        for (const std::int64_t tag : m_masked) {
            m_out.push_back({tag, tag, std::string(kMasked)});
        }
        // Where both stand at one place, the new attribute comes before the range that goes.
        std::sort(m_out.begin(), m_out.end(), [](const Replacement& a, const Replacement& b) {
            return a.start != b.start ? a.start < b.start : a.end < b.end;
        });
        return std::move(m_out);
    }

private:
    /// Whether nothing but white space is left of the segment of pieces from..to.
    [[nodiscard]] bool leftBlank(std::size_t from, std::size_t to) const {
        const Segment& segment = m_source.segments()[m_pieces[from].segment];
        std::int64_t at = segment.start;
        for (std::size_t i = from; i < to; ++i) {
            const Replacement& piece = m_pieces[i].what;
            if (!isBlank(piece.value) || !isBlank(m_source.slice(at, piece.start))) {
                return false;
            }
            at = piece.end;
        }
        return isBlank(m_source.slice(at, segment.end));
    }

    [[nodiscard]] bool isEmptied(std::size_t segment) const {
        return std::binary_search(m_emptied.begin(), m_emptied.end(), segment);
    }

    void attribute(std::size_t index) {
        const Segment& segment = m_source.segments()[index];
        const std::string_view name = attributeName(segment);
        const auto* const row =
            std::find_if(kRows.begin(), kRows.end(), [name](const Row& r) { return r.name == name; });
        if (row == kRows.end()) {
            return;
        }
        m_dropped.emplace(index, false);
        // An identifier lives in its extension: without it the root names only the issuer, without the
        // root a pseudonymous extension still identifies.
        if (row->value && segment.tag >= 0 && !(name == "root" && hasExtension(index))) {
            m_masked.insert(segment.tag);
        }
    }

    /// Whether the element of this attribute keeps an extension.
    [[nodiscard]] bool hasExtension(std::size_t index) const {
        const auto& all = m_source.segments();
        const auto ofSameElement = [&](std::size_t i) {
            return all[i].attribute >= 0 && all[i].tag == all[index].tag;
        };
        std::size_t first = index;
        while (first > 0 && ofSameElement(first - 1)) {
            --first;
        }
        for (std::size_t i = first; i < all.size() && ofSameElement(i); ++i) {
            if (attributeName(all[i]) == "extension" && !isEmptied(i)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the element with this start tag, the name or address around a text or a part of it, has no
    /// text left.
    [[nodiscard]] bool nothingLeft(std::size_t index, std::int64_t tag) const {
        const auto& all = m_source.segments();
        std::size_t first = index;
        while (first > 0 && all[first - 1].holder == all[index].holder) {
            --first;
        }
        for (std::size_t i = first; i < all.size() && all[i].holder == all[index].holder; ++i) {
            const bool within = all[i].holder == tag || all[i].tag == tag;
            if (within && all[i].attribute < 0 && !isEmptied(i)) {
                return false;
            }
        }
        return true;
    }

    const TextSource& m_source;
    std::vector<TextSource::Piece> m_pieces;
    std::vector<std::size_t> m_emptied;    ///< segments, in order
    std::map<std::size_t, bool> m_dropped; ///< attributes that go, and whether that is written
    std::set<std::int64_t> m_masked;       ///< start tags
    std::vector<Replacement> m_out;
};

/// Attributes that would become empty go; an identifier, code, time or telecom without its value, and a name
/// or address without any text, become nullFlavor="MSK" (HL7 v3 data types: II.root is a UID, EN and AD have
/// content or a null flavor). An element that says already that it is null stays as it is.
std::vector<TextSource::Replacement> TextSource::cdaReplacements(std::vector<Piece> pieces) const {
    return CdaEmptied(*this, std::move(pieces)).run();
}

} // namespace kamei::intake::text
