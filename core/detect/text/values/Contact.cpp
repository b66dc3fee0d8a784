#include <algorithm>

#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

bool isMailLocal(char32_t c) {
    return (c < 0x80 && (isLatin(c) || isDigit(c))) ||
           std::u32string_view(U"._%+-").find(c) != std::u32string_view::npos;
}
bool isHost(char32_t c) {
    return (c < 0x80 && (isLatin(c) || isDigit(c))) || c == U'.' || c == U'-';
}
bool isPath(char32_t c) {
    return isHost(c) || std::u32string_view(U"_~%/?#&=+:@!$;,").find(c) != std::u32string_view::npos;
}

std::size_t runOf(const Page& page, std::size_t i, bool (*belongs)(char32_t)) {
    while (i < page.text.size() && belongs(page.text[i])) {
        ++i;
    }
    return i;
}

// A host name ends in letters behind a dot.
bool isDomain(std::u32string_view text) {
    const std::size_t dot = text.rfind(U'.');
    return dot != std::u32string_view::npos && dot > 0 && text.size() - dot - 1 >= 2 &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dot) + 1, text.end(), isLatin);
}

void addMail(Page& page, std::size_t sign) {
    std::size_t start = sign;
    while (start > 0 && isMailLocal(page.text[start - 1])) {
        --start;
    }
    std::size_t end = runOf(page, sign + 1, isHost);
    while (end > sign && (page.text[end - 1] == U'.' || page.text[end - 1] == U'-')) {
        --end;
    }
    if (start < sign && end > sign + 1 && isDomain(page.slice(sign + 1, end))) {
        page.add(start, end, Label::Email, 0.98, "rule.email", rank::Contact);
    }
}

void addUrl(Page& page, std::size_t start, std::size_t hostStart) {
    const std::size_t hostEnd = runOf(page, hostStart, isHost);
    std::u32string_view host = page.slice(hostStart, hostEnd);
    while (!host.empty() && host.back() == U'.') {
        host.remove_suffix(1);
    }
    if (!isDomain(host) && start == hostStart) {
        return;
    }
    std::size_t end = hostStart + host.size();
    if (page.at(end) == U'/' || page.at(end) == U':' || page.at(end) == U'?') {
        end = runOf(page, end, isPath);
        while (end > start &&
               std::u32string_view(U".,;:!?").find(page.text[end - 1]) != std::u32string_view::npos) {
            --end;
        }
    } else if (start == hostStart) {
        return; // a bare host such as "example.com" is told from a file name by its path only
    }
    page.add(start, end, Label::Url, 0.95, "rule.url", rank::Contact);
}

} // namespace

void findContact(Page& page) {
    for (std::size_t i = 0; i < page.text.size(); ++i) {
        const char32_t c = page.text[i];
        if (c == U'@') {
            addMail(page, i);
        } else if ((c == U'h' || c == U'H') &&
                   (page.startsWith(i, U"http://") || page.startsWith(i, U"https://"))) {
            addUrl(page, i, page.text.find(U'/', i) + 2);
        } else if ((c == U'f' || c == U'F') && page.startsWith(i, U"ftp://")) {
            addUrl(page, i, i + 6);
        } else if (isLatin(c) && c < 0x80 && !isHost(page.before(i)) && page.before(i) != U'@' &&
                   page.before(i) != U'/') {
            const std::size_t end = runOf(page, i, isHost);
            if (page.at(end) == U'/' && isDomain(page.slice(i, end)) && end - i > 5) {
                addUrl(page, i, i);
            } else if (page.startsWith(i, U"www.") && isDomain(page.slice(i, end))) {
                page.add(i, end, Label::Url, 0.9, "rule.url", rank::Contact);
            }
            i = std::max(i, end == i ? i : end - 1);
        }
    }
}

} // namespace kamei::detect::text::values
