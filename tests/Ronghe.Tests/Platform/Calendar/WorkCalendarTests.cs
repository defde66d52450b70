using FsCheck.Fluent;
using Ronghe.Platform.Calendar;

namespace Ronghe.Tests.Platform.Calendar;

public class WorkCalendarTests
{
    static readonly WorkCalendar China = WorkCalendar.China;

    [Fact]
    public void National_Day_2025_lasts_from_1_to_8_October()
    {
        for (var day = new DateOnly(2025, 10, 1); day <= new DateOnly(2025, 10, 8); day = day.AddDays(1))
        {
            Assert.False(China.IsWorkday(day), $"{day}");
            Assert.NotNull(China.HolidayName(day));
        }
        Assert.Equal("国庆节", China.HolidayName(new(2025, 10, 1)));
        Assert.Equal("中秋节", China.HolidayName(new(2025, 10, 6)));
        Assert.True(China.IsWorkday(new(2025, 9, 30)));
        Assert.True(China.IsWorkday(new(2025, 10, 9)));
    }

    [Theory]
    [InlineData("2025-01-26", "春节")]
    [InlineData("2025-02-08", "春节")]
    [InlineData("2025-04-27", "劳动节")]
    [InlineData("2025-09-28", "国庆节")]
    [InlineData("2025-10-11", "国庆节")]
    [InlineData("2026-01-04", "元旦")]
    [InlineData("2026-02-14", "春节")]
    [InlineData("2026-10-10", "国庆节")]
    public void Weekend_days_exchanged_for_a_holiday_are_worked(string day, string holiday)
    {
        var date = DateOnly.Parse(day);
        Assert.True(date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.True(China.IsWorkday(date));
        Assert.Equal(holiday, China.WorkedFor(date));
        Assert.Null(China.HolidayName(date));
    }

    [Theory]
    [InlineData("2026-02-15", "2026-02-23", "春节")]
    [InlineData("2026-05-01", "2026-05-05", "劳动节")]
    [InlineData("2026-10-01", "2026-10-07", "国庆节")]
    public void Holidays_of_2026_are_off(string first, string last, string name)
    {
        for (var day = DateOnly.Parse(first); day <= DateOnly.Parse(last); day = day.AddDays(1))
            Assert.Equal((false, name), (China.IsWorkday(day), China.HolidayName(day)));
    }

    [Fact]
    public void An_ordinary_weekend_is_off_and_has_no_name()
    {
        Assert.False(China.IsWorkday(new(2025, 11, 1)));
        Assert.Null(China.HolidayName(new(2025, 11, 1)));
        Assert.True(China.IsWorkday(new(2025, 11, 3)));
    }

    [Fact]
    public void Years_not_announced_yet_know_weekends_only()
    {
        var later = new DateOnly(China.LastKnownYear + 4, 10, 1);
        for (var day = later; day < later.AddDays(14); day = day.AddDays(1))
            Assert.Equal(day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), China.IsWorkday(day));
    }

    [Theory]
    [InlineData("2025-09-30", 1, "2025-10-09")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2025-09-26", 1, "2025-09-28")]
    [InlineData("2025-10-09", -1, "2025-09-30")]
    [InlineData("2025-11-01", 0, "2025-11-01")]
    [InlineData("2025-11-01", 1, "2025-11-03")]
    public void Working_days_are_counted_over_holidays_and_exchanged_days(string from, int days, string to) =>
        Assert.Equal(DateOnly.Parse(to), China.AddWorkdays(DateOnly.Parse(from), days));

    [Fact]
    public void Adding_and_counting_working_days_agree()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<byte>(), (offset, days) =>
        {
            var from = new DateOnly(2025, 6, 1).AddDays(offset % 700);
            var to = China.AddWorkdays(from, days);
            return China.WorkdaysBetween(from, to) == days && China.WorkdaysBetween(to, from) == -days && (days == 0 || China.IsWorkday(to));
        });
        FsCheck.Check.QuickThrowOnFailure(property);
    }

    [Fact]
    public void Half_past_midnight_in_Beijing_is_the_new_day_though_it_is_yesterday_in_UTC()
    {
        var at = new DateTimeOffset(2025, 11, 2, 16, 30, 0, TimeSpan.Zero);
        Assert.Equal(new DateOnly(2025, 11, 3), at.PlantDate());
        Assert.Equal("2025-11-03 00:30", at.ToPlant().ToString("yyyy-MM-dd HH:mm"));
        Assert.Equal(new DateTimeOffset(2025, 11, 2, 16, 0, 0, TimeSpan.Zero), new DateOnly(2025, 11, 3).At(new(0, 0)));
        Assert.Equal(new DateOnly(2025, 11, 3).End(), new DateOnly(2025, 11, 4).At(new(0, 0)));
        Assert.Equal(TimeSpan.Zero, new DateOnly(2025, 11, 3).At(new(8, 0)).Offset);
    }
}
