#include <algorithm>

#include "core/intake/text/Escapes.h"
#include "core/intake/text/MessageSegments.h"

namespace kamei::intake::text {
namespace {

/// XHTML as the JSON string means it, one byte for every character beyond ASCII, with the byte of the raw
/// string at which each begins.
struct Unwritten {
    std::string text;
    std::vector<std::size_t> from;
};

Unwritten unwrittenOf(std::string_view raw) {
    Unwritten out;
    for (std::size_t i = 0; i < raw.size();) {
        const Written next = writtenAt(raw, i, Escaping::Json);
        out.text.push_back(next.value < 0x80 ? static_cast<char>(next.value) : 'x');
        out.from.push_back(i);
        i += std::max<std::size_t>(next.length, 1);
    }
    out.from.push_back(raw.size());
    return out;
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Reader {
public:
    explicit Reader(std::string_view raw) : m_in(unwrittenOf(raw)) {}

    std::vector<NarrativePart> read() {
        while (m_at < m_in.text.size()) {
            if (m_in.text[m_at] != '<') {
                const std::size_t end = std::min(m_in.text.find('<', m_at), m_in.text.size());
                add(m_at, end, {});
                m_at = end;
            } else if (!markup()) {
                return {};
            }
        }
        return std::move(m_out);
    }

private:
    void add(std::size_t begin, std::size_t end, std::string attribute) {
        const std::string_view part = std::string_view(m_in.text).substr(begin, end - begin);
        if (!std::all_of(part.begin(), part.end(), isSpace)) {
            m_out.push_back({m_in.from[begin], m_in.from[end], std::move(attribute)});
        }
    }

    bool markup() {
        const std::string_view rest = std::string_view(m_in.text).substr(m_at);
        if (rest.starts_with("<!--")) {
            const std::size_t end = m_in.text.find("-->", m_at + 4);
            if (end == std::string::npos) {
                return false;
            }
            add(m_at + 4, end, {});
            m_at = end + 3;
            return true;
        }
        if (rest.starts_with("<!") || rest.starts_with("<?")) {
            return false; // FHIR R4 2.4.0.1: elements and attributes only
        }
        return tag();
    }

    bool tag() {
        for (++m_at; m_at < m_in.text.size(); ++m_at) {
            const char c = m_in.text[m_at];
            if (c == '>') {
                ++m_at;
                return true;
            }
            if (c == '<') {
                return false;
            }
            if (c == '"' || c == '\'') {
                const std::size_t end = m_in.text.find(c, m_at + 1);
                if (end == std::string::npos || m_in.text[m_at - 1] != '=') {
                    return false;
                }
                add(m_at + 1, end, nameBefore(m_at - 1));
                m_at = end;
            }
        }
        return false;
    }

    [[nodiscard]] std::string nameBefore(std::size_t equals) const {
        std::size_t begin = equals;
        while (begin > 0 && !isSpace(m_in.text[begin - 1]) && m_in.text[begin - 1] != '<') {
            --begin;
        }
        return m_in.text.substr(begin, equals - begin);
    }

    Unwritten m_in;
    std::size_t m_at = 0;
    std::vector<NarrativePart> m_out;
};

} // namespace

std::vector<NarrativePart> narrativeParts(std::string_view raw) {
    return Reader(raw).read();
}

} // namespace kamei::intake::text
