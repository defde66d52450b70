using System.Text;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Platform.Security;

public class TotpTests
{
    static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>RFC 6238, appendix B, the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Fact]
    public void A_code_is_good_one_step_early_and_one_step_late_and_no_longer()
    {
        var now = TestClock.Start;
        var step = Totp.StepAt(now);
        for (var off = -1; off <= 1; off++) Assert.Equal(step + off, Totp.StepOf(Secret, Totp.CodeAt(Secret, step + off), now));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, step - 2), now));
        Assert.Null(Totp.StepOf(Secret, Totp.CodeAt(Secret, step + 2), now));
        Assert.Null(Totp.StepOf(Secret, "", now));
    }

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string text, string written) => Assert.Equal(written, Totp.Base32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_code_on_paper_is_read_however_it_is_typed_and_by_nothing_else()
    {
        var (code, salt) = (OneTimeCode.Make(), OneTimeCode.MakeSalt());
        var hash = OneTimeCode.Hash(code, salt, 1000);
        Assert.Equal(hash, OneTimeCode.Hash(" " + code.ToUpperInvariant().Replace("-", " ") + "　", salt, 1000));
        Assert.NotEqual(hash, OneTimeCode.Hash(OneTimeCode.Make(), salt, 1000));
        Assert.NotEqual(hash, OneTimeCode.Hash(code, OneTimeCode.MakeSalt(), 1000));
        Assert.True(OneTimeCode.IsOne(code));
        Assert.False(OneTimeCode.IsOne("123456"));
        Assert.False(OneTimeCode.IsOne(new string('a', 5000)));
    }
}
