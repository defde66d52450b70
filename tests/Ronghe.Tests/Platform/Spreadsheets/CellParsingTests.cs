using FsCheck;
using FsCheck.Fluent;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Platform.Spreadsheets;

public class CellParsingTests
{
    [Theory]
    [InlineData("2012.06.28", "2012-06-28")]
    [InlineData("2012-6-28", "2012-06-28")]
    [InlineData("2012/06/28", "2012-06-28")]
    [InlineData("2012 06 28", "2012-06-28")]
    [InlineData("20120628", "2012-06-28")]
    [InlineData("2012年6月28日", "2012-06-28")]
    [InlineData("2012 年 6 月 28 号", "2012-06-28")]
    [InlineData("２０１２年６月２８日", "2012-06-28")]
    [InlineData("２０１２．０６．２８", "2012-06-28")]
    [InlineData(" 2012.06.28\u3000", "2012-06-28")]
    [InlineData("2012.06.28.", "2012-06-28")]
    [InlineData("2012-06-28 08:30:00", "2012-06-28")]
    [InlineData("2012-06-28T08:30:00Z", "2012-06-28")]
    [InlineData("45723", "2025-03-07")]
    public void A_day_is_read_however_it_is_written(string text, string expected) =>
        Assert.Equal(new DateReading(new PreciseDate(DateOnly.Parse(expected), DatePrecision.Day)), CellDate.Read(text));

    [Theory]
    [InlineData("1985.06", 1985, 6)]
    [InlineData("1985.6", 1985, 6)]
    [InlineData("1990.1", 1990, 1)]
    [InlineData("1985年6月", 1985, 6)]
    [InlineData("1985年06月份", 0, 0)]
    [InlineData("198506", 1985, 6)]
    [InlineData("１９８５．０６", 1985, 6)]
    [InlineData("2008-07", 2008, 7)]
    public void A_month_is_its_first_day_and_says_so(string text, int year, int month)
    {
        var read = CellDate.Read(text);
        if (year == 0) Assert.Equal("unreadable-date", read.Problem);
        else Assert.Equal(new PreciseDate(new DateOnly(year, month, 1), DatePrecision.Month), read.Date);
    }

    [Theory]
    [InlineData("2025-02-30", "2025年2月没有30日")]
    [InlineData("2025-13-01", "没有13月")]
    [InlineData("20251301", "没有13月")]
    [InlineData("198500", "没有0月")]
    [InlineData("1890.06", "1890年")]
    [InlineData("2101-01-01", "2101年")]
    [InlineData("2025年2月29日", "没有29日")]
    [InlineData("2025.00.10", "没有0月")]
    [InlineData("2025-06-00", "没有0日")]
    public void A_date_that_never_was_is_impossible(string text, string why)
    {
        var read = CellDate.Read(text);
        Assert.Equal("impossible-date", read.Problem);
        Assert.Contains(why, read.Why);
    }

    [Theory]
    [InlineData("不详")]
    [InlineData("6月28日")]
    [InlineData("85.06")]
    [InlineData("2012.06.28起")]
    [InlineData("28/06/2012")]
    [InlineData("2012x06")]
    [InlineData("=TODAY()")]
    public void What_is_no_date_is_unreadable(string text) => Assert.Equal("unreadable-date", CellDate.Read(text).Problem);

    [Theory]
    [InlineData("")]
    [InlineData("　")]
    [InlineData("/")]
    [InlineData("——")]
    [InlineData("无")]
    public void A_mark_for_nothing_is_a_blank_date(string text) => Assert.True(CellDate.Read(text).IsBlank);

    [Theory]
    [InlineData(1985.06, "General", 1985, 6)]
    [InlineData(1990.1, "0.00", 1990, 10)]
    [InlineData(1990.1, "0.00_ ", 1990, 10)]
    [InlineData(1990.12, "General", 1990, 12)]
    [InlineData(1990.2, "General", 1990, 2)]
    [InlineData(198506, "General", 1985, 6)]
    public void A_number_can_be_a_month(double number, string format, int year, int month) =>
        Assert.Equal(new PreciseDate(new DateOnly(year, month, 1), DatePrecision.Month), CellDate.Read(Cell.OfNumber(number, format)).Date);

    [Fact]
    public void A_number_that_could_be_January_or_October_is_ambiguous() =>
        Assert.Equal("ambiguous-date", CellDate.Read(Cell.OfNumber(1990.1)).Problem);

    [Theory]
    [InlineData(45723, "2025-03-07")]
    [InlineData(20120628, "2012-06-28")]
    [InlineData(45723.75, "2025-03-07")]
    public void A_number_can_be_a_day(double number, string day) =>
        Assert.Equal(new PreciseDate(DateOnly.Parse(day), DatePrecision.Day), CellDate.Read(Cell.OfNumber(number)).Date);

    [Theory]
    [InlineData("yyyy\\-mm\\-dd", DatePrecision.Day)]
    [InlineData("m\\月d\\日", DatePrecision.Day)]
    [InlineData("yyyy\\年m\\月", DatePrecision.Month)]
    [InlineData("[$-804]yyyy\"年\"m\"月\";@", DatePrecision.Month)]
    [InlineData("yyyy", DatePrecision.Year)]
    public void A_date_cell_is_as_fine_as_it_shows(string format, DatePrecision precision)
    {
        var read = CellDate.Read(Cell.Date(45723, format)).Date!.Value;
        Assert.Equal(precision, read.Precision);
        Assert.Equal(precision switch { DatePrecision.Day => new DateOnly(2025, 3, 7), DatePrecision.Month => new DateOnly(2025, 3, 1), _ => new DateOnly(2025, 1, 1) }, read.Value);
    }

    [Theory]
    [InlineData("19900001111", "19900001111")]
    [InlineData("１９９０００１１１１１", "19900011111")]
    [InlineData("199 0000 1111", "19900001111")]
    [InlineData("199-0000-1111", "19900001111")]
    [InlineData("+86 19900001111", "19900001111")]
    [InlineData("(010) 12345678", "01012345678")]
    [InlineData("无", null)]
    [InlineData("/", null)]
    public void Phone_numbers_lose_what_is_no_digit(string text, string? phone)
    {
        Assert.True(PhoneNumber.TryRead(text, out var read));
        Assert.Equal(phone, read);
    }

    [Theory]
    [InlineData("1990000")]
    [InlineData("199000011112")]
    [InlineData("1.99E+10")]
    [InlineData("见备注")]
    [InlineData("19900001111/19900002222")]
    public void What_is_no_phone_number_is_not_taken_for_one(string text) => Assert.Equal(text == "1990000", PhoneNumber.TryRead(text, out _));

    [Theory]
    [InlineData("3年", 3)]
    [InlineData("３", 3)]
    [InlineData("1,234.50", 1234.5)]
    [InlineData("￥1，200", 1200)]
    [InlineData("-5", -5)]
    public void Numbers_are_read_with_their_unit_and_separators(string text, double expected)
    {
        Assert.True(CellNumber.TryRead(text, out var number));
        Assert.Equal((decimal)expected, number);
    }

    [Theory]
    [InlineData("三年")]
    [InlineData("3万")]
    [InlineData("3.4.5")]
    [InlineData("3年5个月")]
    [InlineData("=1+1")]
    public void What_is_no_single_number_is_refused(string text) => Assert.False(CellNumber.TryRead(text, out _));

    public static TheoryData<string, PersonName[]> Names => new()
    {
        { "张三（000123）", [new("张三", "000123")] },
        { "张三(000123)", [new("张三", "000123")] },
        { "张三 000123", [new("张三", "000123")] },
        { "张三000123", [new("张三", "000123")] },
        { "张三（００１２３）", [new("张三", "00123")] },
        { "000123 张三", [new("张三", "000123")] },
        { "张三（000123）、李四(000124)", [new("张三", "000123"), new("李四", "000124")] },
        { "张三（000123）\n李四 000124", [new("张三", "000123"), new("李四", "000124")] },
        { "张三 000123 李四 000124", [new("张三", "000123"), new("李四", "000124")] },
        { "张三，李四；王五/赵六", [new("张三", null), new("李四", null), new("王五", null), new("赵六", null)] },
        { "张　三", [new("张三", null)] },
        { "张三 李四", [new("张三", null), new("李四", null)] },
        { "张三（班长）", [new("张三", null)] },
        { "欧阳 锋", [new("欧阳锋", null)] },
        { "/", [] },
        { "  ", [] },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void People_are_read_with_their_numbers_however_they_are_joined(string text, PersonName[] expected) =>
        Assert.Equal(expected, PersonName.ReadAll(text));

    [Fact]
    public void Every_day_is_read_in_every_form_as_itself() => Prop.ForAll(Gen.Choose(0, 72_000).ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (offset, form) =>
    {
        var day = new DateOnly(1901, 1, 1).AddDays(offset);
        var text = form switch
        {
            0 => day.ToString("yyyy-MM-dd"),
            1 => day.ToString("yyyy.M.d"),
            2 => day.ToString("yyyyMMdd"),
            3 => day.ToString("yyyy年M月d日"),
            4 => Full(day.ToString("yyyy.MM.dd")),
            5 => day.ToString(" yyyy / MM / dd "),
            6 => Full(day.ToString("yyyy年MM月dd日")),
            _ => day.ToString("yyyy-MM-dd") + " 12:34:56",
        };
        return CellDate.Read(text).Date == new PreciseDate(day, DatePrecision.Day);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_day_number_is_the_day_that_a_date_cell_shows() => Prop.ForAll(Gen.Choose(10_000, 72_000).ToArbitrary(), serial =>
        CellDate.Read(Cell.OfNumber(serial)).Date == CellDate.Read(Cell.Date(serial, "yyyy-mm-dd")).Date
        && CellDate.Read(Cell.OfNumber(serial)).Date!.Value.Value == DateOnly.FromDateTime(DateTime.FromOADate(serial))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_a_parser_fail() => Prop.ForAll<string?>(any =>
    {
        var text = any ?? "";
        var clean = CellText.Clean(text);
        var code = CellText.Code(text);
        PhoneNumber.TryRead(text, out _);
        CellNumber.TryRead(text, out _);
        PersonName.ReadAll(text);
        var date = CellDate.Read(text);
        return CellText.Clean(clean) == clean && CellText.Code(code) == code && CellText.OneLine(CellText.OneLine(text)) == CellText.OneLine(text)
            && (date.Date is null || date.Problem is null);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_address_names_one_cell() => Prop.ForAll(Gen.Choose(0, CellAddress.LastColumn).ToArbitrary(), Gen.Choose(1, CellAddress.LastRow).ToArbitrary(), (column, row) =>
        CellAddress.TryParse(CellAddress.Of(column, row), out var c, out var r) && (c, r) == (column, row)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_comes_back_from_a_written_file_as_it_went_in() => Prop.ForAll<string?>(any =>
    {
        var kept = (any ?? "").EnumerateRunes().Where(rune => rune.Value != 0xFFFD && (rune.Utf16SequenceLength == 2 || System.Xml.XmlConvert.IsXmlChar((char)rune.Value)));
        // A line break is one character; leaving something out may bring its two halves together.
        var text = string.Concat(kept).Replace("\r\n", "\n", StringComparison.Ordinal);
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes))
        {
            writer.Sheet("x", [new("a"), new("b", SheetColumnKind.LongText)]);
            writer.Row().Text(text).Text("=" + text);
        }
        bytes.Position = 0;
        var sheet = PlantFiles.Read(bytes, "x.xlsx").Sheets[0];
        return sheet["A2"].ToString() == text && sheet["B2"].ToString() == "=" + text && !sheet["B2"].HasFormula;
    }).QuickCheckThrowOnFailure();

    static string Full(string text) => string.Concat(text.Select(c => c is >= '!' and <= '~' ? (char)(c + 0xFEE0) : c));
}
