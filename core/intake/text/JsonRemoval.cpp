#include <algorithm>
#include <set>

#include "core/intake/text/Escapes.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake::text {

using Replacement = TextSource::Replacement;

/// Finds what replacements leave empty in a JSON document, and takes it out with its name and comma.
class JsonRemoval {
public:
    JsonRemoval(const TextSource& source, std::vector<TextSource::Piece> pieces)
        : m_source(source), m_pieces(std::move(pieces)) {}

    std::vector<Replacement> run() {
        for (std::size_t i = 0; i < m_pieces.size();) {
            std::size_t end = i + 1;
            while (end < m_pieces.size() && m_pieces[end].segment == m_pieces[i].segment) {
                ++end;
            }
            examine(i, end);
            i = end;
        }
        for (const std::uint32_t node : std::vector<std::uint32_t>(m_gone.begin(), m_gone.end())) {
            climb(node);
        }
        std::set<std::uint32_t> parents;
        for (const std::uint32_t node : m_gone) {
            const std::uint32_t parent = tree().at(node).parent;
            if (!m_gone.contains(parent)) {
                parents.insert(parent);
            }
        }
        for (const std::uint32_t parent : parents) {
            removeFrom(parent);
        }
        std::stable_sort(m_out.begin(), m_out.end(),
                         [](const Replacement& a, const Replacement& b) { return a.start < b.start; });
        return std::move(m_out);
    }

private:
    using Type = JsonNode::Type;

    [[nodiscard]] const JsonTree& tree() const { return m_source.m_tree; }
    [[nodiscard]] const Segment& segmentOf(std::size_t piece) const {
        return m_source.segments()[m_pieces[piece].segment];
    }

    /// Pieces from..to of one segment: what they leave stays, or its value goes.
    void examine(std::size_t from, std::size_t to) {
        const Segment& segment = segmentOf(from);
        const auto node = static_cast<std::uint32_t>(segment.node);
        if (segment.escaping == Escaping::JsonValue) {
            // Only the whole value can change: a number into a number, everything else goes.
            const Replacement& first = m_pieces[from].what;
            const bool number = tree().at(node).type == Type::Number && to == from + 1 &&
                                first.start == segment.start && first.end == segment.end &&
                                !first.value.empty() &&
                                first.value.find_first_not_of("0123456789") == std::string::npos &&
                                first.value.front() != '0';
            if (number) {
                m_out.push_back(first);
            } else {
                m_gone.insert(node);
            }
            return;
        }
        if (leftBlank(from, to) && segment.escaping == Escaping::Json) {
            m_gone.insert(node);
            return;
        }
        for (std::size_t i = from; i < to; ++i) {
            m_out.push_back(std::move(m_pieces[i].what));
        }
    }

    [[nodiscard]] bool leftBlank(std::size_t from, std::size_t to) const {
        const Segment& segment = segmentOf(from);
        const auto blank = [&](const std::string& raw) {
            return unescape(raw, segment.escaping).find_first_not_of(" \t\r\n") == std::string::npos;
        };
        std::int64_t at = segment.start;
        for (std::size_t i = from; i < to; ++i) {
            const Replacement& piece = m_pieces[i].what;
            if (!blank(piece.value) || !blank(m_source.slice(at, piece.start))) {
                return false;
            }
            at = piece.end;
        }
        return blank(m_source.slice(at, segment.end));
    }

    /// An array or object without anything left goes too (FHIR R4 2.6.2: neither may be empty).
    void climb(std::uint32_t node) {
        for (std::uint32_t parent = tree().at(node).parent; parent != JsonNode::kNone;
             parent = tree().at(parent).parent) {
            for (std::uint32_t i = tree().at(parent).firstChild; i != JsonNode::kNone;
                 i = tree().at(i).next) {
                if (!m_gone.contains(i)) {
                    return;
                }
            }
            if (tree().at(parent).parent == JsonNode::kNone) {
                return; // the document itself stays, be it {}
            }
            m_gone.insert(parent);
        }
    }

    /// Whether the elements of this array answer to those of another by their place (2.6.2.3: "given",
    /// "_given").
    [[nodiscard]] bool isPaired(std::uint32_t array) const {
        const JsonNode& node = tree().at(array);
        if (node.type != Type::Array || node.parent == JsonNode::kNone ||
            tree().at(node.parent).type != Type::Object) {
            return false;
        }
        const std::string name = tree().key(array, m_source.m_text);
        const std::string other = name.starts_with('_') ? name.substr(1) : '_' + name;
        return !tree().members(node.parent, other, m_source.m_text).empty();
    }

    void removeFrom(std::uint32_t parent) {
        if (parent == JsonNode::kNone) {
            return;
        }
        const bool paired = isPaired(parent);
        std::uint32_t before = JsonNode::kNone;
        for (std::uint32_t i = tree().at(parent).firstChild; i != JsonNode::kNone;) {
            if (!m_gone.contains(i)) {
                before = i;
                i = tree().at(i).next;
                continue;
            }
            if (paired) {
                put(tree().at(i).value, tree().at(i).end, "null");
                before = i;
                i = tree().at(i).next;
                continue;
            }
            const std::uint32_t first = i;
            std::uint32_t last = i;
            while (i != JsonNode::kNone && m_gone.contains(i)) {
                last = i;
                i = tree().at(i).next;
            }
            if (before != JsonNode::kNone) {
                put(tree().at(before).end, tree().at(last).end, {});
            } else if (i != JsonNode::kNone) {
                put(tree().at(first).begin, tree().at(i).begin, {});
            } else {
                put(tree().at(first).begin, tree().at(last).end, {});
            }
        }
    }

    void put(std::uint32_t begin, std::uint32_t end, std::string value) {
        m_out.push_back({m_source.pointOf(begin), m_source.pointOf(end), std::move(value)});
    }

    const TextSource& m_source;
    std::vector<TextSource::Piece> m_pieces;
    std::set<std::uint32_t> m_gone;
    std::vector<Replacement> m_out;
};

/// What would be empty goes with its name, and so does an array or object of which nothing is left.
std::vector<TextSource::Replacement> TextSource::jsonReplacements(std::vector<Piece> pieces) const {
    return JsonRemoval(*this, std::move(pieces)).run();
}

} // namespace kamei::intake::text
