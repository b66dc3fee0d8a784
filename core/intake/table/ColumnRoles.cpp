#include "core/intake/table/Table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::table {
namespace {

using encoding::toUtf32;

/// A header without what writers vary: case, spaces, separators, full-width forms.
std::string normalised(std::string_view header) {
    std::string out;
    for (char32_t c : toUtf32(header)) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            c -= 0xFEE0;
        }
        if (c < 0x80) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalnum(byte) != 0) {
                out.push_back(static_cast<char>(std::tolower(byte)));
            }
        } else if (c != 0x3000 && c != 0xFEFF && c != 0x30FB && c != 0xFF65) {
            encoding::appendUtf8(out, c);
        }
    }
    return out;
}

using Words = std::span<const std::string_view>;

bool containsAny(std::string_view text, Words words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return text.find(w) != std::string_view::npos; });
}
bool equalsAny(std::string_view text, Words words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::string_view kNumberWords[] = {"id", "コード", "番号", "code", "number", "no"};
constexpr std::string_view kPhoneWords[] = {"電話",   "携帯",  "phone",   "mobile",
                                            "連絡先", "telno", "tel番号", "telephone"};
constexpr std::string_view kPhoneExact[] = {"tel", "tel1", "tel2", "fax", "fax番号", "faxno"};
constexpr std::string_view kAddressWords[] = {"住所", "居住地", "本籍", "所在地", "address"};
constexpr std::string_view kFamilyWords[] = {"家族",       "配偶者",           "保護者",
                                             "緊急連絡先", "キーパーソン",     "guardian",
                                             "nextofkin",  "emergencycontact", "spouse"};
constexpr std::string_view kClinicianWords[] = {
    "医師",       "担当医",       "主治医",    "執刀医",     "術者",  "看護師", "記載者",
    "記録者",     "作成者",       "入力者",    "検査者",     "技師",  "読影",   "紹介医",
    "薬剤師",     "doctor",       "physician", "clinician",  "nurse", "author", "operator",
    "technician", "practitioner", "surgeon",   "radiologist"};
constexpr std::string_view kFacilityWords[] = {
    "医療機関", "病院", "施設", "診療所", "クリニック", "hospital", "facility", "institution", "clinicname"};
constexpr std::string_view kIdWords[] = {
    "患者id",        "患者番号",   "患者no",      "患者コード",    "カルテ番号", "カルテid",  "カルテno",
    "診察券",        "受診者番号", "受診者id",    "個人id",        "利用者番号", "patientid", "patientno",
    "patientnumber", "chartno",    "chartnumber", "medicalrecord", "subjectid",  "被験者id",  "被験者番号",
    "対象者id",      "対象者番号", "症例id",      "症例番号"};
constexpr std::string_view kIdExact[] = {"mrn", "pid", "ptid", "患者", "id"};
constexpr std::string_view kInsuranceWords[] = {
    "保険者番号",  "被保険者番号",    "被保険者証",  "被保険者記号", "記号番号",
    "保険証",      "負担者番号",      "受給者番号",  "個人番号",     "マイナンバー",
    "insuranceno", "insurancenumber", "insuranceid", "memberid",     "mynumber"};
constexpr std::string_view kBirthWords[] = {"生年月日", "誕生日", "birth"};
constexpr std::string_view kBirthExact[] = {"dob"};
constexpr std::string_view kSexExact[] = {"性別",       "sex",           "gender", "患者性別",
                                          "patientsex", "patientgender", "男女"};
constexpr std::string_view kAgeExact[] = {"年齢",       "年令",       "age", "患者年齢",
                                          "patientage", "検査時年齢", "歳",  "受診時年齢"};
constexpr std::string_view kPostalWords[] = {"郵便番号", "〒", "postal", "zipcode"};
constexpr std::string_view kPostalExact[] = {"zip"};
constexpr std::string_view kMailWords[] = {"メール", "email", "mailaddress"};
constexpr std::string_view kKanaWords[] = {"カナ", "かな", "フリガナ", "ふりがな", "kana", "ﾌﾘｶﾞﾅ", "ｶﾅ"};
constexpr std::string_view kNameWords[] = {"氏名",        "患者名",   "姓名",    "名前",
                                           "patientname", "fullname", "受診者名"};
constexpr std::string_view kNameExact[] = {"name",    "姓",        "名",         "firstname", "lastname",
                                           "surname", "givenname", "familyname", "ptname"};
constexpr std::string_view kDocumentIdWords[] = {
    "検査番号", "受付番号",   "検体番号", "依頼番号", "オーダ番号", "オーダー番号", "伝票番号",   "accession",
    "orderno",  "specimenid", "検査id",   "文書番号", "文書id",     "検体id",       "ordernumber"};
constexpr std::string_view kDateEnds[] = {"日", "日付", "日時", "年月日", "日時刻"};
constexpr std::string_view kDateWords[] = {"date", "timestamp", "datetime"};
constexpr std::string_view kTextWords[] = {
    "所見",    "コメント", "備考",       "経過",     "既往",   "主訴",   "現病歴",    "本文",
    "サマリ",  "要約",     "記事",       "自由記載", "問診",   "メモ",   "memo",      "note",
    "comment", "finding",  "impression", "history",  "report", "remark", "narrative", "freetext"};

bool endsWithAny(std::string_view text, Words words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.ends_with(w); });
}

std::string roleOfHeader(std::string_view name) {
    const bool phone = containsAny(name, kPhoneWords) || equalsAny(name, kPhoneExact);
    const bool address = containsAny(name, kAddressWords) && !containsAny(name, kMailWords);
    if (containsAny(name, kFamilyWords)) {
        return phone ? "family.phone" : address ? "family.address" : "family.name";
    }
    if (containsAny(name, kClinicianWords) && !endsWithAny(name, kDateEnds) &&
        !containsAny(name, kTextWords)) {
        return phone                             ? "clinician.phone"
               : containsAny(name, kNumberWords) ? "clinician.id"
                                                 : "clinician.name";
    }
    if (containsAny(name, kFacilityWords)) {
        return phone                             ? "facility.phone"
               : address                         ? "facility.address"
               : containsAny(name, kNumberWords) ? "facility.id"
                                                 : "facility.name";
    }
    struct Rule {
        Words contains;
        Words equals;
        std::string_view role;
    };
    static constexpr Rule kRules[] = {
        {kInsuranceWords, {}, "insurance.number"},
        {kIdWords, kIdExact, "patient.id"},
        {kBirthWords, kBirthExact, "patient.birth-date"},
        {{}, kSexExact, "patient.sex"},
        {{}, kAgeExact, "patient.age"},
        {kPostalWords, kPostalExact, "patient.postal-code"},
        {kMailWords, {}, "patient.email"},
        {kKanaWords, {}, "patient.kana"},
        {kNameWords, kNameExact, "patient.name"},
        {kDocumentIdWords, {}, "document.id"},
    };
    if (phone) {
        return "patient.phone";
    }
    for (const Rule& rule : kRules) {
        if (containsAny(name, rule.contains) || equalsAny(name, rule.equals)) {
            return std::string(rule.role);
        }
    }
    if (address) {
        return "patient.address";
    }
    if (containsAny(name, kDateWords) || (endsWithAny(name, kDateEnds) && !name.ends_with("曜日"))) {
        return "document.date";
    }
    return containsAny(name, kTextWords) || name == "text" ? "text" : "";
}

// What values look like, where the header says nothing.

std::size_t digitsIn(std::string_view value) {
    return static_cast<std::size_t>(std::count_if(
        value.begin(), value.end(), [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }));
}
bool onlyDigitsAnd(std::string_view value, std::string_view others) {
    return std::all_of(value.begin(), value.end(), [&](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) != 0 || others.find(c) != std::string_view::npos;
    });
}
bool isPostal(const std::string& v) {
    return v.size() == 8 && v[3] == '-' && digitsIn(v) == 7 && onlyDigitsAnd(v, "-");
}
bool isPhone(const std::string& v) {
    const std::size_t digits = digitsIn(v);
    return v.starts_with('0') && (digits == 10 || digits == 11) && onlyDigitsAnd(v, "-() ");
}
bool isMail(const std::string& v) {
    const std::size_t at = v.find('@');
    return at != std::string::npos && at > 0 && v.find('.', at) != std::string::npos &&
           v.find(' ') == std::string::npos;
}
bool isDate(const std::string& v) {
    const bool century = v.starts_with("19") || v.starts_with("20");
    const bool separated = v.size() >= 8 && (v[4] == '-' || v[4] == '/') && onlyDigitsAnd(v, "-/: T.Z+");
    const bool era =
        v.starts_with("昭和") || v.starts_with("平成") || v.starts_with("令和") || v.starts_with("大正");
    return (century && (separated || v.find("年") == 4)) || (era && v.find("年") != std::string::npos);
}
bool isSex(const std::string& v) {
    static constexpr std::string_view kSexes[] = {"男", "女",   "男性",   "女性", "M",
                                                  "F",  "Male", "Female", "male", "female"};
    return equalsAny(v, kSexes);
}
bool isAddress(const std::string& v) {
    static constexpr std::string_view kPrefectureEnds[] = {"都", "道", "府", "県"};
    const std::string_view head = std::string_view(v).substr(0, 12);
    const bool prefecture = containsAny(head, kPrefectureEnds);
    static constexpr std::string_view kParts[] = {"市", "区", "町", "村"};
    return prefecture && containsAny(v, kParts) && v.find("。") == std::string::npos;
}
bool isProse(const std::string& v) {
    return v.size() > 90 || v.find("。") != std::string::npos;
}

std::string roleOfValues(const std::vector<std::string>& values) {
    struct Test {
        bool (*fits)(const std::string&);
        std::string_view role;
    };
    static constexpr Test kTests[] = {
        {isPostal, "patient.postal-code"},
        {isPhone, "patient.phone"},
        {isMail, "patient.email"},
        {isDate, "document.date"},
        {isSex, "patient.sex"},
        {isAddress, "patient.address"},
        {isProse, "text"},
    };
    std::vector<std::string> filled;
    std::copy_if(values.begin(), values.end(), std::back_inserter(filled),
                 [](const std::string& v) { return !v.empty(); });
    if (filled.size() < 2) {
        return {};
    }
    for (const Test& test : kTests) {
        const auto fitting = std::count_if(filled.begin(), filled.end(), test.fits);
        if (static_cast<std::size_t>(fitting) * 10 >= filled.size() * 7) {
            return std::string(test.role);
        }
    }
    return {};
}

} // namespace

std::string columnRole(std::string_view header, const std::vector<std::string>& values) {
    std::string role = roleOfHeader(normalised(header));
    return role.empty() ? roleOfValues(values) : role;
}

} // namespace kamei::intake::table
