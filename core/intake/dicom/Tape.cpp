#include "core/intake/dicom/Tape.h"

#include <algorithm>

#include "core/intake/dicom/ByteOrder.h"
#include "core/intake/dicom/Dictionary.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;

constexpr std::uint32_t kUndefined = 0xFFFFFFFF;
constexpr std::size_t kReadings = 16;
constexpr std::string_view kPlace = "intake.dicom.parse";

bool isPixelData(Tag tag) {
    return tag == tags::PixelData || tag == tags::FloatPixelData || tag == tags::DoublePixelData;
}

bool isPrintable(std::byte b) {
    return b >= std::byte{0x20} && b < std::byte{0x7F};
}

/// The reading of one data set; methods return false when the reading stops (error, more bytes, pixels).
class Parser {
public:
    Parser(const TapeReader& in, std::vector<Element>& tape)
        : m_in(in), m_most(std::min(TapeReader::kMostElements, 1024 + in.bytes.size() / 8 * kReadings)),
          m_end(in.base + in.bytes.size()), m_dictionary(Dictionary::shared()), m_tape(tape) {}

    bool readSet(std::uint64_t& position, std::uint64_t end, bool delimited, int depth, Syntax syntax);

    std::optional<base::Error> error;
    TapeReader::Outcome outcome = TapeReader::Outcome::End;

private:
    struct Head {
        Tag tag = 0;
        Vr vr = vr::UN;
        std::uint32_t length = 0;
        std::uint64_t value = 0; ///< where the value begins
        Syntax content;          ///< how nested elements are written
    };

    bool fail(ErrorCode code, Tag tag) {
        error = base::Error{code, {tagText(tag)}, std::string(kPlace)};
        return false;
    }
    /// Whether bytes [position, position + size) are at hand.
    bool have(std::uint64_t position, std::uint64_t size) {
        if (size <= m_end && position <= m_end - size) {
            return true;
        }
        outcome = TapeReader::Outcome::NeedMore;
        return false;
    }
    const std::byte* at(std::uint64_t position) const { return m_in.bytes.data() + (position - m_in.base); }
    Tag tagAt(std::uint64_t position, bool bigEndian) const {
        return number(at(position), 2, bigEndian) << 16 | number(at(position) + 2, 2, bigEndian);
    }
    /// Whether nothing but zeros follows. What was looked through once is not looked through again.
    bool onlyZeros(std::uint64_t position) {
        if (position <= m_notZero) {
            return false;
        }
        const auto rest = m_in.bytes.subspan(static_cast<std::size_t>(position - m_in.base));
        const auto found = std::ranges::find_if(rest, [](std::byte b) { return b != std::byte{0}; });
        if (found == rest.end()) {
            return true;
        }
        m_notZero = position + static_cast<std::uint64_t>(found - rest.begin());
        return false;
    }
    bool readHead(std::uint64_t position, std::uint64_t end, Syntax syntax, Head& head);
    bool hasBrokenVr(std::uint64_t position, std::uint64_t end, Syntax syntax) const;
    bool followsWell(Tag tag, std::uint64_t next, std::uint64_t end, Syntax syntax) const;
    bool isUnsound(const Head& head, int depth) const;
    bool readValue(std::uint64_t& position, std::uint64_t end, int depth, Syntax syntax, const Head& head);
    bool readItems(std::uint64_t& position, std::uint64_t end, bool delimited, int depth, Syntax syntax,
                   Tag owner);
    bool readSequence(std::uint64_t& position, std::uint64_t end, bool delimited, int depth,
                      const Head& head);
    bool tryOpaqueSequence(std::uint64_t position, std::uint64_t end, int depth, const Head& head,
                           bool& tried);
    bool skipFragments(std::uint64_t& position, std::uint64_t end, bool bigEndian, Tag tag);
    bool looksLikeItems(const Head& head) const;
    std::size_t push(const Head& head, Element::Kind kind, int depth, Syntax syntax) {
        Element element;
        element.tag = head.tag;
        element.vr = head.vr;
        element.kind = kind;
        element.depth = static_cast<std::uint8_t>(depth);
        element.syntax = syntax;
        element.offset = head.value;
        element.length = head.length;
        element.next = static_cast<std::uint32_t>(m_tape.size() + 1);
        m_tape.push_back(element);
        return m_tape.size() - 1;
    }
    void close(std::size_t index, std::uint64_t valueEnd) {
        m_tape[index].next = static_cast<std::uint32_t>(m_tape.size());
        m_tape[index].length = valueEnd - m_tape[index].offset;
    }

    static bool isFinal(ErrorCode code) {
        return code == ErrorCode::TooDeep || code == ErrorCode::TooManyEntries;
    }

    const TapeReader& m_in;
    std::uint64_t m_notZero = 0; ///< a byte that is no padding, found by onlyZeros()
    /// Elements read, second readings of UN included. The bytes hold one in eight bytes at most; a file that
    /// asks for many readings of each was made to cost time.
    std::size_t m_work = 0;
    std::size_t m_most;
    std::uint64_t m_end;
    const Dictionary& m_dictionary;
    std::vector<Element>& m_tape;
};

/// Whether what stands at `next` can follow an element: the end, a delimiter, or a tag not before its own.
bool Parser::followsWell(Tag tag, std::uint64_t next, std::uint64_t end, Syntax syntax) const {
    if (next >= end) {
        return next == end;
    }
    if (end - next < 8 || next + 8 > m_end) {
        return false;
    }
    const Tag follows = tagAt(next, syntax.bigEndian);
    return follows > tag && (groupOf(follows) - groupOf(tag) < 0x1000 || groupOf(follows) >= 0x7FE0);
}

/// Some writers put "??", blanks or zeros where the VR belongs, with the short form of the length. Read as
/// the implicit form that would be a length of thousands of bytes, which swallows what follows.
bool Parser::hasBrokenVr(std::uint64_t position, std::uint64_t end, Syntax syntax) const {
    const std::byte* p = at(position);
    const bool upper = isUpper(p[4]) && isUpper(p[5]);
    const bool zeros = p[4] == std::byte{0} && p[5] == std::byte{0};
    if (upper || !((isPrintable(p[4]) && isPrintable(p[5])) || zeros)) {
        return false;
    }
    const Tag tag = tagAt(position, syntax.bigEndian);
    const std::uint64_t value = position + 8;
    const std::uint64_t asShort = number(p + 6, 2, syntax.bigEndian);
    const std::uint64_t asImplicit = number(p + 4, 4, syntax.bigEndian);
    if (!followsWell(tag, value + asShort, end, syntax)) {
        return false;
    }
    return !followsWell(tag, value + asImplicit, end, syntax) || asImplicit % 2 != 0;
}

/// A number must be as long as its VR and VM allow (PS3.5 6.2, 6.4; PS3.6): a longer one has swallowed
/// something. Pixel data and documents belong in the data set itself: in an item nobody examines them.
bool Parser::isUnsound(const Head& head, int depth) const {
    if (depth > 0 && (isPixelData(head.tag) || head.tag == tags::EncapsulatedDocument)) {
        return true;
    }
    const DictionaryEntry* entry = m_dictionary.find(head.tag);
    if (entry != nullptr && entry->vr == vr::SQ) {
        return true; // whatever VR it was given: it could not be read as the sequence that it must be
    }
    const bool standard = entry != nullptr && isNumberVr(entry->vr) && !isTextVr(head.vr);
    if (!isNumberVr(head.vr) && !standard) {
        return false;
    }
    const Vr read = isNumberVr(head.vr) ? head.vr : entry->vr;
    const std::uint64_t unit = read == vr::AT ? 4 : numberSize(read);
    const std::uint64_t most = entry == nullptr ? 0 : entry->mostValues;
    return head.length % unit != 0 || (most != 0 && head.length / unit > most);
}

bool Parser::readHead(std::uint64_t position, std::uint64_t end, Syntax syntax, Head& head) {
    const std::byte* p = at(position);
    head.tag = tagAt(position, syntax.bigEndian);
    head.content = syntax;
    const bool item = groupOf(head.tag) == 0xFFFE;
    // Some writers put single elements without VR into explicit data sets: what is no pair of capital
    // letters is read as the implicit form.
    if (!item && syntax.explicitVr && hasBrokenVr(position, end, syntax)) {
        head.vr = m_dictionary.vrOf(head.tag);
        head.length = number(p + 6, 2, syntax.bigEndian);
        head.value = position + 8;
        return true;
    }
    if (item || !syntax.explicitVr || !isUpper(p[4]) || !isUpper(p[5])) {
        head.length = number(p + 4, 4, syntax.bigEndian);
        head.value = position + 8;
        head.vr = m_dictionary.vrOf(head.tag);
        return true;
    }
    head.vr = makeVr(static_cast<char>(p[4]), static_cast<char>(p[5]));
    const std::uint32_t shortLength = number(p + 6, 2, syntax.bigEndian);
    const bool known = isKnownVr(head.vr);
    if (!hasLongLength(head.vr)) {
        head.length = shortLength;
        head.value = position + 8;
        return true;
    }
    // A VR of a later edition has the long form (PS3.5 7.1.2); what is none may have the short one.
    if (!known) {
        head.vr = m_dictionary.vrOf(head.tag); // nobody else could read it as what it says
    }
    if (!known && shortLength != 0) {
        head.length = shortLength;
        head.value = position + 8;
        return true;
    }
    if (end - position < 12) {
        return fail(ErrorCode::Truncated, head.tag);
    }
    if (!have(position, 12)) {
        return false;
    }
    head.length = number(at(position) + 8, 4, syntax.bigEndian);
    head.value = position + 12;
    return true;
}

bool Parser::readSet(std::uint64_t& position, std::uint64_t end, bool delimited, int depth, Syntax syntax) {
    if (depth > TapeReader::kDeepest) {
        const auto sequence = std::find_if(m_tape.rbegin(), m_tape.rend(), [](const Element& element) {
            return element.kind == Element::Kind::Sequence;
        });
        return fail(ErrorCode::TooDeep, sequence == m_tape.rend() ? 0 : sequence->tag);
    }
    Tag last = 0;
    while (position < end) {
        if (end - position < 8) {
            if (depth > 0) {
                return fail(ErrorCode::Malformed, last);
            }
            position = end; // less than an element's header: padding
            return true;
        }
        if (!have(position, 8)) {
            return false;
        }
        const Tag tag = tagAt(position, syntax.bigEndian);
        if (tag == tags::ItemEnd || tag == tags::SequenceEnd) {
            if (delimited) {
                position += tag == tags::ItemEnd ? 8U : 0U;
                return true;
            }
            position += 8; // a stray delimiter carries nothing
            continue;
        }
        if (tag == 0 && depth == 0 && m_end == m_in.total && onlyZeros(position)) {
            position = end;
            return true;
        }
        if (++m_work > m_most) {
            return fail(ErrorCode::TooManyEntries, tag);
        }
        Head head;
        if (!readHead(position, end, syntax, head) || !readValue(position, end, depth, syntax, head)) {
            return false;
        }
        last = head.tag;
    }
    return delimited ? fail(ErrorCode::Truncated, last) : true;
}

bool Parser::looksLikeItems(const Head& head) const {
    return head.length >= 8 && head.value + 8 <= m_end &&
           tagAt(head.value, head.content.bigEndian) == tags::Item;
}

bool Parser::tryOpaqueSequence(std::uint64_t position, std::uint64_t end, int depth, const Head& head,
                               bool& tried) {
    tried = false;
    if (!looksLikeItems(head)) {
        return true;
    }
    const std::size_t mark = m_tape.size();
    std::uint64_t inner = position;
    Head sequence = head;
    sequence.vr = vr::SQ;
    if (readSequence(inner, end, false, depth, sequence)) {
        tried = true;
        return true;
    }
    if (outcome == TapeReader::Outcome::NeedMore || (error && isFinal(error->code))) {
        return false;
    }
    // Not a sequence after all: the value stays opaque, which the transform never copies through.
    m_tape.resize(mark);
    error.reset();
    return true;
}

bool Parser::readValue(std::uint64_t& position, std::uint64_t end, int depth, Syntax syntax,
                       const Head& read) {
    Head head = read;
    if (groupOf(head.tag) == 0xFFFE) {
        return fail(ErrorCode::Malformed, head.tag);
    }
    if (head.vr == vr::UN) {
        if (const Vr standard = m_dictionary.vrOf(head.tag); syntax.explicitVr && standard == vr::SQ) {
            head.vr = vr::SQ;
        }
        head.content = {false, false};
    }
    const bool pixels = depth == 0 && isPixelData(head.tag);
    if (head.length == kUndefined) {
        const bool bytes = head.vr == vr::OB || head.vr == vr::OW || head.tag == tags::PixelData;
        if (bytes) {
            head.length = 0;
            const std::size_t index = push(head, Element::Kind::Fragments, depth, syntax);
            if (pixels) {
                outcome = TapeReader::Outcome::Pixels;
                position = head.value;
                return false;
            }
            position = head.value;
            if (!skipFragments(position, end, syntax.bigEndian, head.tag)) {
                return false;
            }
            close(index, position - 8);
            return true;
        }
        if (head.vr != vr::SQ && head.vr != vr::UN && syntax.explicitVr) {
            return fail(ErrorCode::Malformed, head.tag);
        }
        // Explicit content inside UN of undefined length exists as well: believe the first element.
        head.vr = vr::SQ;
        position = head.value;
        return readSequence(position, end, true, depth, head);
    }
    if (head.length > end - head.value) {
        return fail(depth == 0 ? ErrorCode::Truncated : ErrorCode::Malformed, head.tag);
    }
    if (pixels) {
        push(head, Element::Kind::Value, depth, syntax);
        outcome = TapeReader::Outcome::Pixels;
        position = head.value;
        return false;
    }
    if (!have(head.value, head.length)) {
        return false;
    }
    const std::uint64_t valueEnd = head.value + head.length;
    const bool maybeItems = head.vr == vr::SQ || head.vr == vr::UN;
    if (maybeItems && head.length > 0) {
        bool sequence = false;
        if (!tryOpaqueSequence(head.value, valueEnd, depth, head, sequence)) {
            return false;
        }
        if (!sequence && read.vr == vr::SQ) {
            return fail(ErrorCode::Malformed, head.tag);
        }
        if (!sequence) {
            head.vr = vr::UN;
            push(head, isUnsound(head, depth) ? Element::Kind::Opaque : Element::Kind::Value, depth, syntax);
        }
    } else {
        push(head,
             head.vr == vr::SQ        ? Element::Kind::Sequence
             : isUnsound(head, depth) ? Element::Kind::Opaque
                                      : Element::Kind::Value,
             depth, syntax);
    }
    position = valueEnd;
    return true;
}

bool Parser::readSequence(std::uint64_t& position, std::uint64_t end, bool delimited, int depth,
                          const Head& head) {
    const std::size_t index = push(head, Element::Kind::Sequence, depth, head.content);
    const std::size_t mark = m_tape.size();
    std::uint64_t inner = position;
    bool read = readItems(inner, end, delimited, depth + 1, head.content, head.tag);
    const bool hopeless =
        error && (error->code == ErrorCode::TooDeep || error->code == ErrorCode::TooManyEntries);
    if (!read && error && !hopeless && head.content == Syntax{false, false}) {
        // The content of UN is implicit by the standard; some writers leave it explicit.
        m_tape.resize(mark);
        error.reset();
        inner = position;
        m_tape[index].syntax = {true, false};
        read = readItems(inner, end, delimited, depth + 1, {true, false}, head.tag);
    }
    if (!read) {
        return false;
    }
    close(index, delimited ? inner - 8 : inner);
    position = inner;
    return true;
}

bool Parser::readItems(std::uint64_t& position, std::uint64_t end, bool delimited, int depth, Syntax syntax,
                       Tag owner) {
    while (position < end) {
        if (end - position < 8) {
            return fail(ErrorCode::Malformed, owner);
        }
        if (!have(position, 8)) {
            return false;
        }
        const Tag tag = tagAt(position, syntax.bigEndian);
        const std::uint32_t length = number(at(position) + 4, 4, syntax.bigEndian);
        if (tag == tags::SequenceEnd) {
            position += 8;
            if (delimited) {
                return true;
            }
            continue;
        }
        if (tag == tags::ItemEnd) {
            position += 8;
            continue;
        }
        if (tag != tags::Item) {
            return fail(ErrorCode::Malformed, owner);
        }
        if (++m_work > m_most) {
            return fail(ErrorCode::TooManyEntries, owner);
        }
        Head head{tag, vr::UN, 0, position + 8, syntax};
        const std::size_t index = push(head, Element::Kind::Item, depth, syntax);
        position += 8;
        if (length == kUndefined) {
            if (!readSet(position, end, true, depth, syntax)) {
                return false;
            }
            close(index, position);
            continue;
        }
        if (length > end - position) {
            return fail(delimited ? ErrorCode::Truncated : ErrorCode::Malformed, owner);
        }
        const std::uint64_t itemEnd = position + length;
        if (!readSet(position, itemEnd, false, depth, syntax)) {
            return false;
        }
        position = itemEnd;
        close(index, itemEnd);
    }
    return delimited ? fail(ErrorCode::Truncated, owner) : true;
}

bool Parser::skipFragments(std::uint64_t& position, std::uint64_t end, bool bigEndian, Tag tag) {
    while (position < end && end - position >= 8) {
        if (!have(position, 8)) {
            return false;
        }
        const Tag item = tagAt(position, bigEndian);
        const std::uint32_t length = number(at(position) + 4, 4, bigEndian);
        position += 8;
        if (item == tags::SequenceEnd) {
            return true;
        }
        if (item != tags::Item || length > end - position) {
            return fail(ErrorCode::Malformed, tag);
        }
        if (!have(position, length)) {
            return false;
        }
        position += length;
    }
    return fail(ErrorCode::Truncated, tag);
}

} // namespace

base::Expected<TapeReader::Result> TapeReader::read(std::uint64_t position,
                                                    std::vector<Element>& tape) const {
    Parser parser(*this, tape);
    std::uint64_t at = position;
    const bool finished = parser.readSet(at, total, false, 0, syntax);
    if (parser.outcome == Outcome::NeedMore) {
        return Result{Outcome::NeedMore, position};
    }
    if (parser.error) {
        return tl::unexpected(*parser.error);
    }
    return Result{finished ? Outcome::End : parser.outcome, at};
}

} // namespace kamei::intake::dicom
