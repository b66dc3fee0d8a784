#include "core/job/Placeholders.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/detect/japanese/Normalise.h"

namespace kamei::job {
namespace {

// Letters only, upper case: the form in which values are compared.
constexpr std::array kWords{
    U"ANON",       U"ANONYMOUS",   U"ANONYMIZED",   U"ANONYMISED",  U"ANONYMIZE", U"DEIDENTIFIED",
    U"REMOVED",    U"DELETED",     U"REDACTED",     U"MASKED",      U"HIDDEN",    U"UNKNOWN",
    U"UNDEFINED",  U"UNSPECIFIED", U"NOTSPECIFIED", U"NOTPROVIDED", U"NOTKNOWN",  U"NONE",
    U"NONAME",     U"NULL",        U"EMPTY",        U"BLANK",       U"NAME",      U"PATIENT",
    U"PERSON",     U"OPERATOR",    U"PHYSICIAN",    U"DOCTOR",      U"HOSPITAL",  U"INSTITUTION",
    U"DEPARTMENT", U"PRIMARY",     U"SECONDARY",    U"ORIGINAL",    U"DERIVED",   U"ASSIGNED",
    U"TRUE",       U"FALSE",       U"TEST",         U"TESTPATIENT", U"DUMMY",     U"SAMPLE",
    U"DEFAULT",    U"OTHER",       U"不明",         U"不詳",        U"匿名",      U"未入力",
    U"未設定",     U"未定",        U"なし",         U"無し",        U"該当なし",  U"テスト",
    U"削除",       U"患者",
};

} // namespace

bool isPlaceholder(std::string_view utf8) {
    namespace japanese = detect::japanese;
    std::u32string plain;
    for (char32_t c : japanese::normalise(utf8).text) {
        if (c >= U'a' && c <= U'z') {
            c -= U'a' - U'A';
        }
        if (japanese::isWord(c)) {
            plain += c;
        }
    }
    if (plain.empty() || std::ranges::all_of(plain, [&](char32_t c) { return c == plain.front(); })) {
        return true;
    }
    return std::ranges::any_of(kWords, [&](const char32_t* word) { return plain == word; });
}

} // namespace kamei::job
