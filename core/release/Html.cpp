#include "core/release/Html.h"

#include <algorithm>

namespace kamei::release {
namespace {

constexpr std::string_view kStyle = R"(
:root { color: #1b1f26; background: #fff; }
body { font: 14px/1.7 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo, sans-serif;
  max-width: 860px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 22px; line-height: 1.4; margin: 0 0 8px; padding-bottom: 8px; border-bottom: 2px solid #4a4799; }
h2 { font-size: 16px; margin: 28px 0 8px; break-after: avoid; }
p { margin: 0 0 10px; }
.note { color: #4b5361; font-size: 13px; }
table { border-collapse: collapse; width: 100%; margin: 0 0 12px; font-size: 13px; }
th, td { border: 1px solid #cfd4dc; padding: 5px 9px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #eceef2; font-weight: 600; }
table.pairs th { width: 32%; background: #f5f6f8; font-weight: 600; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.bars th { font-weight: 400; background: none; }
table.bars > tbody > tr > * { border: 0; padding: 2px 6px; vertical-align: middle; }
table.bar { margin: 0; line-height: 1; background: #4a4799; }
table.bar td { border: 0; padding: 0; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
section + section { margin-top: 56px; }
@media print {
  @page { size: A4; margin: 18mm 16mm; }
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  section + section { break-before: page; margin-top: 0; }
}
)";

} // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\n':
            out += "<br>";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) {
                out += c;
            }
        }
    }
    return out;
}

void HtmlPage::begin(std::string_view language, std::string_view title) {
    m_body += "<section lang=\"" + escaped(language) + "\">\n<h1>" + escaped(title) + "</h1>\n";
}

void HtmlPage::paragraph(std::string_view text, std::string_view style) {
    m_body += style.empty() ? "<p>" : "<p class=\"" + escaped(style) + "\">";
    m_body += escaped(text) + "</p>\n";
}

void HtmlPage::heading(std::string_view text) {
    m_body += "<h2>" + escaped(text) + "</h2>\n";
}

void HtmlPage::pairs(const std::vector<std::pair<std::string, std::string>>& rows) {
    m_body += "<table class=\"pairs\"><tbody>\n";
    for (const auto& [name, value] : rows) {
        m_body += "<tr><th scope=\"row\">" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n";
    }
    m_body += "</tbody></table>\n";
}

void HtmlPage::table(const std::vector<std::string>& columns,
                     const std::vector<std::vector<std::string>>& rows) {
    const auto isNumber = [&columns](std::size_t i) { return columns[i].starts_with('#'); };
    m_body += "<table><thead><tr>";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        m_body += isNumber(i) ? "<th scope=\"col\" class=\"n\">" + escaped(columns[i].substr(1))
                              : "<th scope=\"col\">" + escaped(columns[i]);
        m_body += "</th>";
    }
    m_body += "</tr></thead><tbody>\n";
    for (const std::vector<std::string>& row : rows) {
        m_body += "<tr>";
        for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i) {
            m_body += (isNumber(i) ? "<td class=\"n\">" : "<td>") + escaped(row[i]) + "</td>";
        }
        m_body += "</tr>\n";
    }
    m_body += "</tbody></table>\n";
}

void HtmlPage::bars(const std::vector<std::pair<std::string, std::int64_t>>& rows) {
    std::int64_t longest = 1;
    for (const auto& [name, value] : rows) {
        longest = std::max(longest, value);
    }
    m_body += "<table class=\"bars\"><tbody>\n";
    for (const auto& [name, value] : rows) {
        // At least a trace for what is there at all.
        const std::int64_t wide = value <= 0 ? 0 : std::max<std::int64_t>(1, value * 100 / longest);
        m_body += "<tr><th scope=\"row\" width=\"34%\">" + escaped(name) + "</th><td width=\"54%\">";
        if (wide > 0) {
            m_body += "<table class=\"bar\" width=\"" + std::to_string(wide) +
                      "%\" bgcolor=\"#4a4799\" cellspacing=\"0\"><tr><td>&#160;</td></tr></table>";
        }
        m_body += "</td><td class=\"n\" width=\"12%\">" + std::to_string(value) + "</td></tr>\n";
    }
    m_body += "</tbody></table>\n";
}

std::string HtmlPage::finish(std::string_view title) const {
    return "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
           escaped(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n" +
           m_body + "</body>\n</html>\n";
}

} // namespace kamei::release
