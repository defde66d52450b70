namespace Ronghe.Platform.Security;

/// <summary>What a password must be: long, not among those everybody tries, not the number it belongs to; of several kinds of characters where the profile in force says so.</summary>
public static class PasswordPolicy
{
    public const int Longest = 128;
    const int FewestDifferent = 5;

    /// <summary>What people write when ten characters are asked for.</summary>
    static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "12345678910", "123456789a", "a123456789", "a1234567890", "1234567890a", "abc1234567", "abc123456789", "abcd123456",
        "abcd1234567", "abcdefghij", "abcdefg123", "aa12345678", "aa123456789", "qq12345678", "qq123456789", "q123456789", "1q2w3e4r5t", "1q2w3e4r5t6y",
        "1qaz2wsx3edc", "q1w2e3r4t5", "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "asdfghjkl;", "asdfghjkl1", "zxcvbnm123", "zxcvbnm,./",
        "password12", "password123", "password1234", "p@ssw0rd123", "passw0rd123", "admin12345", "admin123456", "administrator", "root123456", "test123456",
        "woaini1314", "woaini1314520", "woaini520", "5201314520", "1314520520", "iloveyou1314", "wodemima123", "mima123456", "aini1314520", "woaizuguo1",
        "1357924680", "9876543210", "0987654321", "1122334455", "1234512345", "1231231231", "123123123123", "112233445566", "147258369a", "1472583690",
        "q1w2e3r4t5y6", "zaq12wsxcde3", "1234qwerasdf", "qazwsxedcrfv", "asd123456789", "wang123456", "zhang123456", "li123456789", "anquan123456", "dangjian123",
    };

    /// <summary>Null when it will do, else what to change.</summary>
    public static string? Complaint(string password, string number, SignInPolicy? policy = null) => password switch
    {
        _ when password.Length < (policy ?? SignInPolicy.Asvs).ShortestPassword => $"密码太短，至少 {(policy ?? SignInPolicy.Asvs).ShortestPassword} 位。可以用一句自己记得住的话。",
        { Length: > Longest } => $"密码太长，最多 {Longest} 位。",
        _ when password.Distinct().Count() < FewestDifferent || Common.Contains(password) || IsRun(password) => "这个密码太常见，容易被猜到，请换一个。",
        _ when number.Length >= 3 && password.Contains(number, StringComparison.OrdinalIgnoreCase) => "密码里不能包含自己的工号，请换一个。",
        _ when policy is not null && Kinds(password) < policy.KindsOfCharacters => $"密码里大写字母、小写字母、数字、符号（含汉字）至少要有 {policy.KindsOfCharacters} 种，请补上。",
        _ => null,
    };

    static int Kinds(string password) => password.Select(letter => letter switch { >= 'a' and <= 'z' => 0, >= 'A' and <= 'Z' => 1, >= '0' and <= '9' => 2, _ => 3 }).Distinct().Count();

    /// <summary>Each character one more, or one less, than the one before; after 9 comes 0.</summary>
    static bool IsRun(string password)
    {
        var steps = password.Zip(password.Skip(1), (a, b) => b - a).ToList();
        return steps.TrueForAll(step => step is 1 or -9) || steps.TrueForAll(step => step is -1 or 9);
    }
}
