#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/job/Looking.h"

namespace kamei::ui::views::text {

/// How a text is laid out on paper. Document: headings stand out, and XML is read as a document (fields
/// with their meaning, paragraphs, table rows). Source: the decoded file as it stands.
enum class Form { Document, Source };

/// A text prepared for the paper: rows of UTF-16, and the way from there to the code points of the
/// decoded file (TextSource) and back. Immutable; made off the GUI thread, shared with it.
class PaperText {
public:
    /// A stretch between line ends; very long lines are cut into several rows, of which only the first
    /// has a number.
    struct Row {
        int start = 0;  ///< UTF-16 position in text()
        int length = 0; ///< without the line end
        int number = 0; ///< line number from 1; 0 on the continuation of a long line
        bool heading = false;
    };

    [[nodiscard]] static std::shared_ptr<const PaperText> make(std::shared_ptr<const job::ShownText> shown,
                                                               Form form);

    /// One segment alone, for a cell that is read as text.
    [[nodiscard]] static std::shared_ptr<const PaperText>
    ofSegment(std::shared_ptr<const job::ShownText> shown, std::size_t segment);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] Form form() const { return m_form; }
    [[nodiscard]] const job::ShownText& shown() const { return *m_shown; }
    [[nodiscard]] int lines() const { return m_lines; }

    /// Row that holds a UTF-16 position.
    [[nodiscard]] int rowAt(int position) const;
    /// UTF-16 range of code points start..end of the decoded file; nothing when no part of it is shown
    /// in this form (an attribute of XML that the document form leaves out).
    [[nodiscard]] std::optional<std::pair<int, int>> fromSource(std::int64_t start, std::int64_t end) const;
    /// Code points of the decoded file that a UTF-16 range covers; nothing when it holds none (a label of the
    /// document form).
    [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> toSource(int start, int end) const;
    /// XPath-like place of the segment at a UTF-16 position, for findings that a person makes; "" in plain
    /// text.
    [[nodiscard]] QString pathAt(int position) const;

private:
    /// A stretch of text() that comes from the file.
    struct Piece {
        int start = 0;
        int length = 0;
        std::int64_t sourceStart = 0;
        std::int64_t sourceEnd = 0;
        std::int64_t contentOffset = 0; ///< code points of the segment's content left out before it
        int segment = -1;               ///< -1: text() is the file itself
    };

    void readSource();
    void readDocument();
    void appendPiece(int segment);
    void findRows();
    void findAstral();
    [[nodiscard]] int codePointsBefore(int position) const;
    [[nodiscard]] int positionOf(int codePoint) const;
    [[nodiscard]] std::int64_t sourceAt(const Piece& piece, int position) const;
    [[nodiscard]] int positionIn(const Piece& piece, std::int64_t sourceOffset) const;

    std::shared_ptr<const job::ShownText> m_shown;
    Form m_form = Form::Document;
    QString m_text;
    std::vector<Piece> m_pieces; ///< ascending in both positions
    std::vector<Row> m_rows;
    std::vector<int> m_headings; ///< start positions of rows that are headings
    std::vector<int> m_astral;   ///< UTF-16 positions of high surrogates
    int m_lines = 0;
};

} // namespace kamei::ui::views::text
