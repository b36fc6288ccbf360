using NUnit.Framework;

namespace Cascade.Support;

/// <summary>What a test needs of the machine: without it the test is ignored at a desk and red in CI, so that nothing is green by absence.</summary>
public static class Prerequisite
{
    public static bool Ci { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <param name="missing">What is missing and how to get it, null when nothing is.</param>
    public static void Need(string? missing)
    {
        if (missing is null)
        {
            return;
        }

        if (Ci)
        {
            Assert.Fail($"CI=true and a prerequisite is missing: {missing}");
        }

        Assert.Ignore(missing);
    }
}
