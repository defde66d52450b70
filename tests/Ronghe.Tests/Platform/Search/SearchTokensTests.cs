using Ronghe.Platform.Search;

namespace Ronghe.Tests.Platform.Search;

public class SearchTokensTests
{
    static readonly string[] Person = SearchTokens.ForName("程志远", "000310");

    static bool Finds(string query, string[] tokens) => SearchTokens.ForQuery(query) is { Length: > 0 } wanted && wanted.All(tokens.Contains);

    [Theory]
    [InlineData("程志远")]
    [InlineData("程")]
    [InlineData("志远")]
    [InlineData(" 程 志远 ")]
    [InlineData("chengzhiyuan")]
    [InlineData("ChengZhi")]
    [InlineData("cheng zhi yuan")]
    [InlineData("zhiyuan")]
    [InlineData("zhiy")]
    [InlineData("czy")]
    [InlineData("CZ")]
    [InlineData("zy")]
    [InlineData("chengzy")]
    [InlineData("c")]
    [InlineData("000310")]
    [InlineData("310")]
    [InlineData("0003")]
    [InlineData("０００３１０")]
    [InlineData("ｃｚｙ")]
    [InlineData("程志远 000310")]
    public void A_person_is_found_by_name_pinyin_initials_and_number(string query) => Assert.True(Finds(query, Person));

    [Theory]
    [InlineData("程远")]
    [InlineData("志程")]
    [InlineData("engzhi")]
    [InlineData("cyz")]
    [InlineData("chengzhiyuanx")]
    [InlineData("311")]
    [InlineData("程志远 czx")]
    [InlineData("")]
    [InlineData("，。 -")]
    public void Something_else_does_not_find_the_person(string query) => Assert.False(Finds(query, Person));

    [Theory]
    [InlineData("shan")]
    [InlineData("dan")]
    [InlineData("sgq")]
    public void A_surname_with_its_own_reading_is_found_either_way(string query) =>
        Assert.True(Finds(query, SearchTokens.ForName("单国强")));

    [Theory]
    [InlineData("护栏")]
    [InlineData("给煤机平台")]
    [InlineData("栏")]
    [InlineData("dcs")]
    [InlineData("2号炉")]
    [InlineData("YH-2026-0381")]
    [InlineData("381")]
    [InlineData("护栏 DCS")]
    public void A_record_is_found_by_words_of_two_characters_and_by_numbers(string query) =>
        Assert.True(Finds(query, SearchTokens.ForText("YH-2026-0381：2号炉给煤机平台护栏松动，DCS柜旁")));

    [Theory]
    [InlineData("煤平")]
    [InlineData("护平")]
    [InlineData("38")]
    public void A_record_is_not_found_by_words_it_does_not_hold(string query) =>
        Assert.False(Finds(query, SearchTokens.ForText("YH-2026-0381：2号炉给煤机护栏松动")));

    [Theory]
    [InlineData("给煤机")]
    [InlineData("gmj")]
    [InlineData("geimeiji")]
    [InlineData("pingtai")]
    [InlineData("geimeijipingtai")]
    [InlineData("glf")]
    public void A_place_with_a_long_name_is_found_by_any_part_of_it(string query) =>
        Assert.True(Finds(query, SearchTokens.ForName("锅炉房8米层2号炉给煤机平台")));

    [Fact]
    public void Even_a_very_long_name_makes_less_than_a_thousand_tokens()
    {
        Assert.InRange(Person.Length, 20, 60);
        Assert.InRange(SearchTokens.ForName("单曾乐重长行朝都").Length, 20, 200);
        Assert.InRange(SearchTokens.ForName("锅炉房0米层启动锅炉燃油系统阀门组平台与消防通道交界处", "CL-1-B-0M-07").Length, 50, 900);
    }

    [Fact]
    public void Rare_characters_beyond_the_basic_plane_are_searchable() => Assert.True(Finds("李𠅤", SearchTokens.ForName("李𠅤")));

    [Fact]
    public void A_long_query_stays_small() => Assert.True(SearchTokens.ForQuery(string.Concat(Enumerable.Range(0, 5000).Select(i => (char)(0x4e00 + i)))).Length < 50);

    [Theory]
    [InlineData('\ud840')]
    [InlineData('\udc00')]
    [InlineData('\ufffe')]
    [InlineData('\uffff')]
    [InlineData('\0')]
    public void Malformed_text_is_searched_for_what_it_has(char broken) => Assert.Equal(["程"], SearchTokens.ForQuery($"程{broken}"));
}
