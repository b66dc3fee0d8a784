#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace kamei::release {

/// Text as HTML: & < > " ' written as references, control characters left out, line ends as <br>.
[[nodiscard]] std::string escaped(std::string_view text);

/// Builds one page. All text given is plain and gets escaped here, nowhere else.
class HtmlPage {
public:
    /// Begins a part of the page in a language ("ja", "en"); the second part begins a new printed page.
    void begin(std::string_view language, std::string_view title);
    void paragraph(std::string_view text, std::string_view style = {});
    void heading(std::string_view text);
    /// Names left, values right.
    void pairs(const std::vector<std::pair<std::string, std::string>>& rows);
    /// A table; columns whose heading begins with '#' hold numbers (the '#' is not shown).
    void table(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows);
    /// Bars with their numbers, the longest as wide as the page; drawn as tables, so that print and PDF show them too.
    void bars(const std::vector<std::pair<std::string, std::int64_t>>& rows);
    void end() { m_body += "</section>\n"; }
    /// The whole page, with its style sheet inside.
    [[nodiscard]] std::string finish(std::string_view title) const;

private:
    std::string m_body;
};

} // namespace kamei::release
