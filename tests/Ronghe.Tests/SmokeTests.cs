namespace Ronghe.Tests;

public class SmokeTests
{
    [Fact]
    public void The_product_loads() => Assert.Equal("ronghe", typeof(Program).Assembly.GetName().Name);
}
