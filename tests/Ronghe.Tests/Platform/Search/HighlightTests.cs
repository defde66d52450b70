using Ronghe.Platform.Search;

namespace Ronghe.Tests.Platform.Search;

public class HighlightTests
{
    [Theory]
    [InlineData("程志远", "志远", "程[志远]")]
    [InlineData("程志远", "zy", "程[志远]")]
    [InlineData("程志远", "chengzhi", "[程志]远")]
    [InlineData("程志远", "czhiy", "[程志远]")]
    [InlineData("锅炉房 · 给煤机", "gmj", "锅炉房 · [给煤机]")]
    [InlineData("程志远", "王", "程志远")]
    [InlineData("KKS 10HFB10", "hfb", "KKS 10[HFB]10")]
    [InlineData("一一一", "一", "[一一一]")]
    [InlineData("程志远", "", "程志远")]
    [InlineData("锅炉 8 米层护栏", "锅炉8米", "[锅炉] [8] [米]层护栏")]
    [InlineData("护栏松动", "护栏、松动", "[护栏松动]")]
    [InlineData("护栏松动", "hulan", "[护栏]松动")]
    [InlineData("<b>护栏</b>", "护栏", "<b>[护栏]</b>")]
    public void It_marks_what_was_typed(string text, string typed, string marked) =>
        Assert.Equal(marked, string.Concat(Highlight.In(text, typed).Select(part => part.IsHit ? $"[{part.Text}]" : part.Text)));

    [Fact]
    public void Letters_that_could_be_read_in_very_many_ways_are_read_at_once()
    {
        var text = string.Concat(Enumerable.Repeat("安那", 500));
        Assert.DoesNotContain(Highlight.In(text, string.Concat(Enumerable.Repeat("an", 24)) + "x"), part => part.IsHit);
    }
}
