using Ronghe.Platform.Search;

namespace Ronghe.Tests.Platform.Search;

public class PinyinTests
{
    [Theory]
    [InlineData("程志远", "chengzhiyuan", "czy")]
    [InlineData("单国强", "shanguoqiang", "sgq")]
    [InlineData("曾庆红", "zengqinghong", "zqh")]
    [InlineData("仇伟", "qiuwei", "qw")]
    [InlineData("解晓东", "xiexiaodong", "xxd")]
    [InlineData("区建国", "oujianguo", "ojg")]
    [InlineData("查良", "zhaliang", "zl")]
    [InlineData("朴成", "piaocheng", "pc")]
    [InlineData("尉迟恭", "yuchigong", "ycg")]
    [InlineData("万俟卨", "moqixie", "mqx")]
    [InlineData("欧阳修", "ouyangxiu", "oyx")]
    [InlineData("吕丽", "lvli", "ll")]
    public void Names_are_read_as_names(string name, string full, string initials)
    {
        Assert.Equal(full, Pinyin.Full(name));
        Assert.Equal(initials, Pinyin.Initials(name));
    }

    [Fact]
    public void A_surname_reading_applies_to_the_first_character_only() => Assert.Equal("zhangdan", Pinyin.Full("张单"));

    [Fact]
    public void Letters_and_digits_stay_and_marks_go() => Assert.Equal("abu2rehe", Pinyin.Full("A布·2热-合"));

    [Fact]
    public void Every_character_of_the_common_set_has_a_reading()
    {
        // GB 2312 level 1: the 3,755 commonest characters, in two-byte code order.
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var gb = System.Text.Encoding.GetEncoding("gb2312");
        for (var row = 0xb0; row <= 0xd7; row++)
            for (var cell = 0xa1; cell <= (row == 0xd7 ? 0xf9 : 0xfe); cell++)
                Assert.NotEmpty(Pinyin.Full(gb.GetString([(byte)row, (byte)cell])));
    }

    [Fact]
    public void A_character_with_two_readings_can_be_found_by_both()
    {
        var readings = Pinyin.Readings("王乐").Select(reading => string.Concat(reading)).ToArray();
        Assert.Equal("wangle", readings[0]);
        Assert.Contains("wangyue", readings);
    }
}
