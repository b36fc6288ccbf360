namespace Cascade.Lab.Support;

/// <summary>What is beyond the external network of every cloud.</summary>
static class Outside
{
    /// <summary>Its own address, the gateway of the external network.</summary>
    public const string Address = "203.0.113.1";

    /// <summary>Whether an address answers a ping from there.</summary>
    public static async Task<bool> HearsAsync(string address) =>
        (await AskAsync("ping", "-c1", "-W1", address)).Code == 0;

    /// <summary>What a guest with the property <c>listen</c> says there: its name, without the domain; nothing when none answers.</summary>
    public static async Task<string> ToldAsync(string address, int port) => (await AskAsync("nc", "-d", "-w", "3", address, $"{port}")).Output.Trim().Split('.')[0];

    static Task<(int Code, string Output, string Error)> AskAsync(params string[] command) =>
        Shell.TryAsync(Path.Combine(Shell.Lab, "outside"), command, TimeSpan.FromMinutes(1));
}
