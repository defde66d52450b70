using Ronghe.Platform.Security;

namespace Ronghe.Tests.Platform.Security;

public class PasswordPolicyTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("1234567890")]
    [InlineData("123456789012")]
    [InlineData("ABCDEFGHIJKL")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("ababababab")]
    [InlineData("PASSWORD123")]
    [InlineData("anquan123456")]
    [InlineData("my0203isgood")]
    public void A_password_that_is_easily_guessed_is_refused(string password) => Assert.NotNull(PasswordPolicy.Complaint(password, "0203"));

    [Theory]
    [InlineData("炉火正旺 2026 年")]
    [InlineData("correct horse battery")]
    [InlineData("kqzvnwtrmp")]
    [InlineData("7391850264")]
    public void Any_long_password_will_do_whatever_characters_it_is_made_of(string password) => Assert.Null(PasswordPolicy.Complaint(password, "0203"));

    [Fact]
    public void A_password_of_a_megabyte_is_refused() => Assert.NotNull(PasswordPolicy.Complaint(new string('x', 1 << 20) + "abcdefg", "0203"));
}
