#include "core/demo/People.h"

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

const Hospital& hospital() {
    static const Hospital one{
        "みなと橋総合病院", "静岡県沼津市魚町0-99-1", "放射線科", "佐久間 亮", "SAKUMA^RYO", "TOGAWA^RIE"};
    return one;
}

} // namespace kamei::demo
