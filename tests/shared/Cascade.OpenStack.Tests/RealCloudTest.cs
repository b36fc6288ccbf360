using Cascade.Support;

namespace Cascade.OpenStack.Tests;

/// <summary>
/// A real cloud by the variables that the openstack client reads (OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME, OS_REGION_NAME, an
/// administrator's). Tests of it are explicit; they make and take away what they need.
/// </summary>
public abstract class RealCloudTest
{
    private Lines lines = null!;

    protected static CancellationToken Now => TestContext.CurrentContext.CancellationToken;

    /// <summary>A name for what this test makes.</summary>
    protected string Mark { get; } = "cascade-test-" + Guid.NewGuid().ToString("N")[..8];

    protected Cloud Cloud { get; private set; } = null!;

    [SetUp]
    public void Connect()
    {
        Prerequisite.Need(Environment.GetEnvironmentVariable("OS_AUTH_URL") is null ? "OS_AUTH_URL and its kin" : null);
        lines = new Lines();
        Cloud = new Cloud(
            new CloudOptions
            {
                Name = "real",
                AuthUrl = new Uri(Need("OS_AUTH_URL")),
                Username = Need("OS_USERNAME"),
                Password = Need("OS_PASSWORD"),
                ProjectName = Need("OS_PROJECT_NAME"),
                RegionName = Environment.GetEnvironmentVariable("OS_REGION_NAME"),
            },
            lines);
    }

    [TearDown]
    public void Close()
    {
        Cloud.Dispose();
        foreach (var (_, text) in lines.All)
        {
            Say(text);
        }
    }

    protected static void Say(object text) => TestContext.Out.WriteLine(text);

    protected static string Need(string variable) =>
        Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"{variable} is not set");

    protected static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
