#include "core/detect/japanese/Variants.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/detect/japanese/Normalise.h"

namespace kamei::detect::japanese {
namespace {

// Forms of kanji in personal names; the first of each group is the plain one. Own compilation from
// JIS X 0208/0213 unification notes and forms used in family registers.
constexpr std::array<std::u32string_view, 104> kGroups{
    U"高髙",   U"崎﨑嵜㟢碕", U"浜濱濵", U"辺邊邉", U"斎齋斉齊", U"沢澤",   U"桜櫻", U"広廣", U"国國",
    U"島嶋嶌", U"真眞",       U"恵惠",   U"栄榮",   U"徳德",     U"学學",   U"会會", U"竜龍", U"滝瀧",
    U"弥彌",   U"寿壽",       U"礼禮",   U"実實",   U"曽曾",     U"富冨",   U"吉𠮷", U"関關", U"鉄鐵銕",
    U"黒黑",   U"静靜",       U"豊豐",   U"亀龜",   U"万萬",     U"与與",   U"児兒", U"円圓", U"写寫",
    U"労勞",   U"励勵",       U"園薗",   U"塩鹽",   U"増增",     U"声聲",   U"宝寶", U"将將", U"巌巖",
    U"帯帶",   U"応應",       U"悦悅",   U"戸戶",   U"揺搖",     U"数數",   U"昂昻", U"暁曉", U"条條",
    U"検檢",   U"楼樓",       U"横橫",   U"歩步",   U"歳歲",     U"毎每",   U"渋澁", U"温溫", U"湧涌",
    U"満滿",   U"灯燈",       U"為爲",   U"瑶瑤",   U"瑠璢",     U"穂穗",   U"緑綠", U"緒緖", U"聡聰",
    U"芦蘆",   U"芸藝",       U"薫薰",   U"蔵藏",   U"藤籐",     U"郎郞",   U"鋭銳", U"錬鍊", U"館舘",
    U"鶴靍",   U"桑桒",       U"柳栁",   U"角⻆",   U"船舩",     U"梅楳",   U"峰峯", U"松柗", U"杉椙",
    U"坂阪",   U"桧檜",       U"篠筱",   U"秋穐",   U"鴎鷗",     U"薮籔藪", U"祢禰", U"侠俠", U"躯軀",
    U"頬頰",   U"草艸",       U"淵渕渊", U"冴冱",   U"凜凛",
};

struct Table {
    std::unordered_map<char32_t, char32_t> plain;
    std::vector<bool> varies = std::vector<bool>(0x10000); ///< by the last 16 bits: most kanji have one form
    std::unordered_map<char32_t, std::u32string_view> forms;

    Table() {
        for (const std::u32string_view group : kGroups) {
            for (const char32_t c : group) {
                plain.emplace(c, group.front());
                varies[c & 0xFFFFU] = true;
                forms.emplace(c, group);
            }
        }
    }
};

const Table& table() {
    static const Table instance;
    return instance;
}

constexpr std::u32string_view kSmall = U"ァィゥェォッャュョヮヵヶ";
constexpr std::u32string_view kLarge = U"アイウエオツヤユヨワカケ";

} // namespace

char32_t plainKanji(char32_t c) {
    if (c < 0x3400) {
        return c;
    }
    const Table& forms = table();
    if (!forms.varies[c & 0xFFFFU]) {
        return c;
    }
    const auto& plain = forms.plain;
    const auto found = plain.find(c);
    return found == plain.end() ? c : found->second;
}

std::u32string kanjiForms(char32_t c) {
    const auto& forms = table().forms;
    const auto found = forms.find(c);
    return found == forms.end() ? std::u32string{c} : std::u32string(found->second);
}

std::vector<std::u32string> writtenForms(std::u32string_view text, std::size_t most) {
    std::vector<std::u32string> out{std::u32string(text)};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::u32string forms = kanjiForms(text[i]);
        if (forms.size() < 2) {
            continue;
        }
        const std::size_t before = out.size();
        for (std::size_t k = 0; k < before; ++k) {
            for (const char32_t form : forms) {
                if (form == text[i] || out.size() >= most) {
                    continue;
                }
                std::u32string copy = out[k];
                copy[i] = form;
                if (std::find(out.begin(), out.end(), copy) == out.end()) {
                    out.push_back(std::move(copy));
                }
            }
        }
    }
    return out;
}

char32_t foldForComparison(char32_t c) {
    if (c >= U'A' && c <= U'Z') {
        return c + 0x20;
    }
    if (c >= 0x3041 && c <= 0x3096) {
        c += 0x60;
    }
    if (isKatakana(c)) {
        const std::size_t place = kSmall.find(c);
        return place == std::u32string_view::npos ? c : kLarge[place];
    }
    return plainKanji(c);
}

} // namespace kamei::detect::japanese
