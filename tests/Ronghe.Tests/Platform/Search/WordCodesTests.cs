using Ronghe.Platform.Search;

namespace Ronghe.Tests.Platform.Search;

public class WordCodesTests
{
    static readonly int[] Text = WordCodes.ForText("2 号炉给煤机平台护栏松动，PLC 柜门未关，绿色标识脱落，西安路口", "YH-2026-0381");

    static bool Finds(string query) => WordCodes.ForQuery(query) is { Count: > 0 } sets && sets.All(set => set.Any(Text.Contains));

    [Theory]
    [InlineData("护栏")]
    [InlineData("给煤机")]
    [InlineData("栏")]
    [InlineData("护栏 松动")]
    [InlineData("hulan")]
    [InlineData("geimeiji")]
    [InlineData("GeiMei")]
    [InlineData("lvse")]
    [InlineData("xian")]
    [InlineData("lan")]
    [InlineData("plc")]
    [InlineData("PL")]
    [InlineData("ＰＬＣ")]
    [InlineData("YH-2026-0381")]
    [InlineData("yh-2026-03")]
    [InlineData("0381")]
    [InlineData("381")]
    [InlineData("hulan songdong 0381")]
    public void A_text_is_found_by_words_pinyin_and_number(string query) => Assert.True(Finds(query));

    [Theory]
    [InlineData("栏护")]
    [InlineData("护栏 螺栓")]
    [InlineData("lanhu")]
    [InlineData("0382")]
    [InlineData("plcx")]
    [InlineData("")]
    [InlineData("，。？！%_'\"")]
    [InlineData("🔥🔥")]
    public void Something_else_does_not_find_it(string query) => Assert.False(Finds(query));

    [Fact]
    public void One_or_two_chinese_characters_are_never_taken_for_another_word()
    {
        var codes = new HashSet<int>();
        foreach (var word in (string[])["护栏", "栏护", "护", "栏", "一一", "龥龥", "plc", "0381", "𠀀"]) Assert.True(codes.Add(WordCodes.Of(word)), word);
    }

    [Fact]
    public void A_query_of_any_length_stays_small()
    {
        var sets = WordCodes.ForQuery(string.Concat(Enumerable.Repeat("yishi", 2000)) + new string('护', 5000));
        Assert.InRange(sets.Count, 1, 60);
        Assert.InRange(sets.Sum(set => set.Length), 1, 100_000);
    }
}
