#include "core/demo/People.h"

#include <array>
#include <cstdio>

namespace kamei::demo {

const std::vector<Person>& people() {
    static const std::vector<Person> all{
        {"00458812", "三上", "陽子", "ミカミ", "ヨウコ", "MIKAMI", "YOKO", "19580802", "1958年8月2日", "F",
         "067Y", "410-0099", "静岡県沼津市大手町99-99-2 コーポ波止場201", "静岡県沼津市", "055-012-3456",
         "拓也"},
        {"00461207", "野田", "和夫", "ノダ", "カズオ", "NODA", "KAZUO", "19340411", "昭和9年4月11日", "M",
         "091Y", "680-0099", "鳥取県鳥取市浜坂0-99-1", "鳥取県鳥取市", "0857-01-2345", "節子"},
        {"00470033", "髙瀬", "結衣", "タカセ", "ユイ", "TAKASE", "YUI", "19910130", "平成3年1月30日", "F",
         "035Y", "254-0099", "神奈川県平塚市浅間町0番99号", "神奈川県平塚市", "0463-01-7788", "健吾"},
    };
    return all;
}

namespace {

struct Word {
    const char* kanji;
    const char* kana;
    const char* romaji;
};

constexpr std::array<Word, 24> kFamilies{{
    {"秋庭", "アキバ", "AKIBA"},       {"石狩", "イシカリ", "ISHIKARI"},
    {"植村", "ウエムラ", "UEMURA"},    {"江波", "エナミ", "ENAMI"},
    {"岡崎", "オカザキ", "OKAZAKI"},   {"柿沼", "カキヌマ", "KAKINUMA"},
    {"木暮", "コグレ", "KOGURE"},      {"倉持", "クラモチ", "KURAMOCHI"},
    {"小谷野", "コヤノ", "KOYANO"},    {"坂巻", "サカマキ", "SAKAMAKI"},
    {"城島", "ジョウジマ", "JOJIMA"},  {"杉浦", "スギウラ", "SUGIURA"},
    {"田丸", "タマル", "TAMARU"},      {"津久井", "ツクイ", "TSUKUI"},
    {"寺門", "テラカド", "TERAKADO"},  {"中込", "ナカゴミ", "NAKAGOMI"},
    {"根津", "ネヅ", "NEZU"},          {"畠山", "ハタケヤマ", "HATAKEYAMA"},
    {"布施", "フセ", "FUSE"},          {"増渕", "マスブチ", "MASUBUCHI"},
    {"室伏", "ムロフシ", "MUROFUSHI"}, {"八木沢", "ヤギサワ", "YAGISAWA"},
    {"湯浅", "ユアサ", "YUASA"},       {"渡会", "ワタライ", "WATARAI"},
}};
constexpr std::array<Word, 24> kGivens{{
    {"明里", "アカリ", "AKARI"},       {"一樹", "カズキ", "KAZUKI"},    {"恵理子", "エリコ", "ERIKO"},
    {"修平", "シュウヘイ", "SHUHEI"},  {"加奈", "カナ", "KANA"},        {"健太", "ケンタ", "KENTA"},
    {"小百合", "サユリ", "SAYURI"},    {"秀明", "ヒデアキ", "HIDEAKI"}, {"澄江", "スミエ", "SUMIE"},
    {"大輔", "ダイスケ", "DAISUKE"},   {"千尋", "チヒロ", "CHIHIRO"},   {"哲也", "テツヤ", "TETSUYA"},
    {"七海", "ナナミ", "NANAMI"},      {"信夫", "ノブオ", "NOBUO"},     {"春香", "ハルカ", "HARUKA"},
    {"正俊", "マサトシ", "MASATOSHI"}, {"史子", "フミコ", "FUMIKO"},    {"裕二", "ユウジ", "YUJI"},
    {"美咲", "ミサキ", "MISAKI"},      {"隆志", "タカシ", "TAKASHI"},   {"百合香", "ユリカ", "YURIKA"},
    {"洋介", "ヨウスケ", "YOSUKE"},    {"里美", "サトミ", "SATOMI"},    {"浩一", "コウイチ", "KOICHI"},
}};
constexpr std::array<std::array<const char*, 2>, 8> kPlaces{{
    {"静岡県沼津市", "410-0099"},
    {"鳥取県鳥取市", "680-0099"},
    {"神奈川県平塚市", "254-0099"},
    {"長野県飯山市", "389-2299"},
    {"千葉県館山市", "294-0099"},
    {"富山県氷見市", "935-0099"},
    {"高知県室戸市", "781-7199"},
    {"北海道夕張市", "068-0499"},
}};

std::string text(const char* format, int first, int second = 0, int third = 0) {
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), format, first, second, third);
    return out.data();
}

/// The person of a number, from 4 on; the examinations are of 2026.
Person invented(int number) {
    const bool twin = number >= 40 && number % 20 == 1; // of the one before
    const auto seed = static_cast<unsigned>(twin ? number - 1 : number);
    const Word& family = kFamilies.at(seed * 7 % kFamilies.size());
    const std::size_t given =
        (static_cast<unsigned>(number) * 5 + static_cast<unsigned>(number) / 24) % kGivens.size();
    const auto& place = kPlaces.at(seed * seed % kPlaces.size());
    const int year = 1930 + static_cast<int>(seed * 37 % 80);
    const int month = 1 + static_cast<int>(seed * 5 % 12);
    const int day = 1 + static_cast<int>(seed * 11 % 28);
    Person out;
    out.id = text("%08d", 480000 + number * 13);
    out.familyKanji = family.kanji;
    out.familyKana = family.kana;
    out.familyRomaji = family.romaji;
    out.givenKanji = kGivens.at(given).kanji;
    out.givenKana = kGivens.at(given).kana;
    out.givenRomaji = kGivens.at(given).romaji;
    out.birthDate = text("%04d%02d%02d", year, month, day);
    out.birthDateText = text("%d年%d月%d日", year, month, day);
    out.sex = given % 2 == 0 ? "F" : "M";
    out.age = text("%03dY", 2026 - year - (month > 3 ? 1 : 0));
    out.postalCode = place[1];
    out.municipality = place[0];
    out.address = out.municipality + text("字浜0番地%d", 100 + number);
    out.phone = text("055-01%d-%04d", number % 10, 1000 + number);
    out.relative = kGivens.at((given + 7) % kGivens.size()).kanji;
    return out;
}

} // namespace

std::vector<Person> manyPeople(int count) {
    std::vector<Person> out = people();
    for (int number = 4; number <= count; ++number) {
        out.push_back(invented(number));
    }
    return out;
}

const Hospital& hospital() {
    static const Hospital one{
        "みなと橋総合病院", "静岡県沼津市魚町0-99-1", "放射線科", "佐久間 亮", "SAKUMA^RYO", "TOGAWA^RIE"};
    return one;
}

} // namespace kamei::demo
