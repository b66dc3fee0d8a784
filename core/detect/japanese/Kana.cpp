#include "core/detect/japanese/Kana.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::japanese {
namespace {

struct Syllable {
    std::string_view hepburn;
    std::string_view kunrei;
};

// Hepburn (ISO 3602 in the second column where it differs).
const std::map<std::u32string_view, Syllable>& syllables() {
    static const std::map<std::u32string_view, Syllable> table{
        {U"ア", {"a", ""}},        {U"イ", {"i", ""}},        {U"ウ", {"u", ""}},
        {U"エ", {"e", ""}},        {U"オ", {"o", ""}},        {U"カ", {"ka", ""}},
        {U"キ", {"ki", ""}},       {U"ク", {"ku", ""}},       {U"ケ", {"ke", ""}},
        {U"コ", {"ko", ""}},       {U"サ", {"sa", ""}},       {U"シ", {"shi", "si"}},
        {U"ス", {"su", ""}},       {U"セ", {"se", ""}},       {U"ソ", {"so", ""}},
        {U"タ", {"ta", ""}},       {U"チ", {"chi", "ti"}},    {U"ツ", {"tsu", "tu"}},
        {U"テ", {"te", ""}},       {U"ト", {"to", ""}},       {U"ナ", {"na", ""}},
        {U"ニ", {"ni", ""}},       {U"ヌ", {"nu", ""}},       {U"ネ", {"ne", ""}},
        {U"ノ", {"no", ""}},       {U"ハ", {"ha", ""}},       {U"ヒ", {"hi", ""}},
        {U"フ", {"fu", "hu"}},     {U"ヘ", {"he", ""}},       {U"ホ", {"ho", ""}},
        {U"マ", {"ma", ""}},       {U"ミ", {"mi", ""}},       {U"ム", {"mu", ""}},
        {U"メ", {"me", ""}},       {U"モ", {"mo", ""}},       {U"ヤ", {"ya", ""}},
        {U"ユ", {"yu", ""}},       {U"ヨ", {"yo", ""}},       {U"ラ", {"ra", ""}},
        {U"リ", {"ri", ""}},       {U"ル", {"ru", ""}},       {U"レ", {"re", ""}},
        {U"ロ", {"ro", ""}},       {U"ワ", {"wa", ""}},       {U"ヰ", {"i", ""}},
        {U"ヱ", {"e", ""}},        {U"ヲ", {"o", ""}},        {U"ガ", {"ga", ""}},
        {U"ギ", {"gi", ""}},       {U"グ", {"gu", ""}},       {U"ゲ", {"ge", ""}},
        {U"ゴ", {"go", ""}},       {U"ザ", {"za", ""}},       {U"ジ", {"ji", "zi"}},
        {U"ズ", {"zu", ""}},       {U"ゼ", {"ze", ""}},       {U"ゾ", {"zo", ""}},
        {U"ダ", {"da", ""}},       {U"ヂ", {"ji", "zi"}},     {U"ヅ", {"zu", ""}},
        {U"デ", {"de", ""}},       {U"ド", {"do", ""}},       {U"バ", {"ba", ""}},
        {U"ビ", {"bi", ""}},       {U"ブ", {"bu", ""}},       {U"ベ", {"be", ""}},
        {U"ボ", {"bo", ""}},       {U"パ", {"pa", ""}},       {U"ピ", {"pi", ""}},
        {U"プ", {"pu", ""}},       {U"ペ", {"pe", ""}},       {U"ポ", {"po", ""}},
        {U"ヴ", {"vu", ""}},       {U"キャ", {"kya", ""}},    {U"キュ", {"kyu", ""}},
        {U"キョ", {"kyo", ""}},    {U"シャ", {"sha", "sya"}}, {U"シュ", {"shu", "syu"}},
        {U"ショ", {"sho", "syo"}}, {U"シェ", {"she", ""}},    {U"チャ", {"cha", "tya"}},
        {U"チュ", {"chu", "tyu"}}, {U"チョ", {"cho", "tyo"}}, {U"チェ", {"che", ""}},
        {U"ニャ", {"nya", ""}},    {U"ニュ", {"nyu", ""}},    {U"ニョ", {"nyo", ""}},
        {U"ヒャ", {"hya", ""}},    {U"ヒュ", {"hyu", ""}},    {U"ヒョ", {"hyo", ""}},
        {U"ミャ", {"mya", ""}},    {U"ミュ", {"myu", ""}},    {U"ミョ", {"myo", ""}},
        {U"リャ", {"rya", ""}},    {U"リュ", {"ryu", ""}},    {U"リョ", {"ryo", ""}},
        {U"ギャ", {"gya", ""}},    {U"ギュ", {"gyu", ""}},    {U"ギョ", {"gyo", ""}},
        {U"ジャ", {"ja", "zya"}},  {U"ジュ", {"ju", "zyu"}},  {U"ジョ", {"jo", "zyo"}},
        {U"ジェ", {"je", ""}},     {U"ビャ", {"bya", ""}},    {U"ビュ", {"byu", ""}},
        {U"ビョ", {"byo", ""}},    {U"ピャ", {"pya", ""}},    {U"ピュ", {"pyu", ""}},
        {U"ピョ", {"pyo", ""}},    {U"ファ", {"fa", ""}},     {U"フィ", {"fi", ""}},
        {U"フェ", {"fe", ""}},     {U"フォ", {"fo", ""}},     {U"ティ", {"ti", ""}},
        {U"ディ", {"di", ""}},     {U"ウィ", {"wi", ""}},     {U"ウェ", {"we", ""}},
        {U"ヴァ", {"va", ""}},     {U"ヴィ", {"vi", ""}},     {U"ヴェ", {"ve", ""}},
        {U"ヴォ", {"vo", ""}},
    };
    return table;
}

constexpr std::u32string_view kHalf = U"ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
constexpr std::u32string_view kFull = U"ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌ"
                                      U"ネノハヒフヘホマミムメモヤユヨラリルレロワン";
constexpr std::u32string_view kVoiced = U"ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ";
constexpr std::u32string_view kVoicedBase = U"カキクケコサシスセソタチツテトハヒフヘホウ";
constexpr std::u32string_view kHalfVoiced = U"パピプペポ";
constexpr std::u32string_view kHalfVoicedBase = U"ハヒフヘホ";

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
}

std::string spell(std::u32string_view kana, bool kunrei) {
    const auto& table = syllables();
    std::string out;
    bool doubled = false;
    for (std::size_t i = 0; i < kana.size();) {
        if (kana[i] == U'ッ') {
            doubled = true;
            ++i;
            continue;
        }
        if (kana[i] == U'ン') {
            out += 'n';
            ++i;
            continue;
        }
        if (kana[i] == U'ー') {
            if (!out.empty()) {
                out += out.back();
            }
            ++i;
            continue;
        }
        auto found = i + 1 < kana.size() ? table.find(kana.substr(i, 2)) : table.end();
        const std::size_t length = found != table.end() ? 2 : 1;
        if (found == table.end()) {
            found = table.find(kana.substr(i, 1));
        }
        i += length;
        if (found == table.end()) {
            continue;
        }
        const std::string_view latin =
            kunrei && !found->second.kunrei.empty() ? found->second.kunrei : found->second.hepburn;
        if (doubled && !latin.empty()) {
            out += !kunrei && latin.starts_with("ch") ? 't' : latin.front();
        }
        doubled = false;
        out += latin;
    }
    return out;
}

void addOnce(std::vector<std::string>& list, std::string text) {
    constexpr std::size_t kMost = 24;
    if (!text.empty() && list.size() < kMost && std::find(list.begin(), list.end(), text) == list.end()) {
        list.push_back(std::move(text));
    }
}

} // namespace

std::u32string toHiragana(std::u32string_view kana) {
    std::u32string out(kana);
    for (char32_t& c : out) {
        if (c >= 0x30A1 && c <= 0x30F6) {
            c -= 0x60;
        }
    }
    return out;
}

std::u32string toKatakana(std::u32string_view kana) {
    std::u32string out(kana);
    for (char32_t& c : out) {
        if (c >= 0x3041 && c <= 0x3096) {
            c += 0x60;
        }
    }
    return out;
}

std::u32string toHalfWidth(std::u32string_view katakana) {
    std::u32string out;
    const auto put = [&out](char32_t full, char32_t mark) {
        const std::size_t place = kFull.find(full);
        if (place == std::u32string_view::npos) {
            out.push_back(full == U'　' ? U' ' : full);
        } else {
            out.push_back(kHalf[place]);
        }
        if (mark != 0) {
            out.push_back(mark);
        }
    };
    for (const char32_t c : katakana) {
        if (const std::size_t place = kVoiced.find(c); place != std::u32string_view::npos) {
            put(kVoicedBase[place], U'ﾞ');
        } else if (const std::size_t half = kHalfVoiced.find(c); half != std::u32string_view::npos) {
            put(kHalfVoicedBase[half], U'ﾟ');
        } else {
            put(c, 0);
        }
    }
    return out;
}

std::u32string toFullWidth(std::u32string_view ascii) {
    std::u32string out(ascii);
    for (char32_t& c : out) {
        c = c == U' ' ? U'　' : c > 0x20 && c < 0x7F ? c + 0xFEE0 : c;
    }
    return out;
}

bool isAllKana(std::u32string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char32_t c) {
        return isHiragana(c) || isKatakana(c) || c == U'・' || isBlank(c) || c == U'　';
    });
}

std::vector<std::string> romaji(std::u32string_view kana) {
    const std::u32string katakana = toKatakana(kana);
    std::vector<std::string> out;
    for (const bool kunrei : {false, true}) {
        const std::string full = spell(katakana, kunrei);
        std::string shortened = full; // Satou -> Sato, Yuuki -> Yuki
        replaceAll(shortened, "ou", "o");
        replaceAll(shortened, "oo", "o");
        replaceAll(shortened, "uu", "u");
        std::string withH = full; // Ohno, Satoh
        replaceAll(withH, "ou", "oh");
        replaceAll(withH, "oo", "oh");
        std::string ou = full; // Oono -> Ouno
        replaceAll(ou, "oo", "ou");
        for (std::string text : {full, shortened, withH, ou}) {
            addOnce(out, text);
            std::string labial = text;
            replaceAll(labial, "nb", "mb");
            replaceAll(labial, "nm", "mm");
            replaceAll(labial, "np", "mp");
            addOnce(out, labial);
        }
    }
    return out;
}

} // namespace kamei::detect::japanese
