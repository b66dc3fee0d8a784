#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Numerals.h"

namespace kamei::detect::text::values {

/// Years that a clinical date without era may name.
inline constexpr int kFirstYear = 1868;
inline constexpr int kLastYear = 2060;

/// Reads the parts of a date one after the other; what does not fit leaves its place as it was.
class DateReader {
public:
    DateReader(std::u32string_view text, std::size_t at) : m_text(text), m_at(at), m_start(at) {}

    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : U'\0';
    }
    bool take(std::u32string_view signs) {
        if (signs.find(peek()) == std::u32string_view::npos || peek() == 0) {
            return false;
        }
        ++m_at;
        return true;
    }
    bool takeWord(std::u32string_view word) {
        if (!m_text.substr(m_at).starts_with(word)) {
            return false;
        }
        m_at += word.size();
        return true;
    }
    /// A number from least to most with at most `digits` digits.
    std::optional<int> number(int least, int most, std::size_t digits) {
        const auto read = japanese::readNumeral(m_text, m_at);
        if (!read || read->value < least || read->value > most || (!read->kanji && read->length > digits)) {
            return std::nullopt;
        }
        m_at += read->length;
        m_kanji = read->kanji;
        return static_cast<int>(read->value);
    }
    /// The same where letters stand for digits that recognition took for them: "l8", "1O". One digit at least
    /// is whole.
    std::optional<int> damaged(int least, int most) {
        std::size_t length = 0;
        int value = 0;
        bool letter = false;
        bool digit = false;
        for (; length < 2; ++length) {
            const char32_t c = peek(length);
            const bool one = c == U'l' || c == U'I';
            const bool zero = c == U'O' || c == U'o';
            if (!japanese::isDigit(c) && !one && !zero) {
                break;
            }
            letter = letter || one || zero;
            digit = digit || japanese::isDigit(c);
            value = value * 10 + (one ? 1 : zero ? 0 : static_cast<int>(c - U'0'));
        }
        if (!letter || !digit || value < least || value > most || japanese::isLatin(peek(length))) {
            return number(least, most, 2);
        }
        m_at += length;
        m_kanji = false;
        return value;
    }
    /// Forms and OCR set numbers apart: 昭和 39年  7月 2日.
    void blank() {
        for (std::size_t most = 3; most > 0 && japanese::isBlank(peek()); --most) {
            ++m_at;
        }
    }
    /// A sign that blanks may stand before.
    bool takeApart(std::u32string_view signs) {
        const std::size_t from = m_at;
        blank();
        if (take(signs)) {
            return true;
        }
        m_at = from;
        return false;
    }
    /// What is spoken between the parts of a date: 昭和の三十一年、八月の二十二日. Taken before a number
    /// only.
    void spokenJoint() {
        const char32_t next = peek(1);
        if ((peek() == U'の' || peek() == U'、') &&
            (japanese::isDigit(next) || japanese::isKanjiNumeral(next) || isOldMonth(1))) {
            ++m_at;
        }
    }
    /// A month by its number or, before a day, by its old name.
    std::optional<int> month() {
        const auto number = damaged(1, 12);
        if (number) {
            return takeApart(U"月") ? number : std::nullopt;
        }
        return oldMonth();
    }
    /// 睦月 to 師走.
    std::optional<int> oldMonth() {
        for (std::size_t i = 0; i < kOldMonths.size(); ++i) {
            if (takeWord(kOldMonths[i])) {
                return static_cast<int>(i) + 1;
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] bool kanji() const { return m_kanji; }
    [[nodiscard]] std::size_t length() const { return m_at - m_start; }
    [[nodiscard]] std::size_t place() const { return m_at; }
    void back(std::size_t place) { m_at = place; }

private:
    static constexpr std::array<std::u32string_view, 12> kOldMonths{U"睦月", U"如月",   U"弥生", U"卯月",
                                                                    U"皐月", U"水無月", U"文月", U"葉月",
                                                                    U"長月", U"神無月", U"霜月", U"師走"};
    [[nodiscard]] bool isOldMonth(std::size_t ahead) const {
        return std::any_of(kOldMonths.begin(), kOldMonths.end(), [&](std::u32string_view word) {
            return m_text.substr(std::min(m_at + ahead, m_text.size())).starts_with(word);
        });
    }

    std::u32string_view m_text;
    std::size_t m_at;
    std::size_t m_start;
    bool m_kanji = false;
};

} // namespace kamei::detect::text::values
