using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Cascade.Bench.Measuring;

/// <summary>What the numbers were measured on, and how much of it somebody else used meanwhile.</summary>
static class Machine
{
    public static async Task<string> DescribeAsync()
    {
        var model = (await File.ReadAllLinesAsync("/proc/cpuinfo")).First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = long.Parse((await File.ReadAllLinesAsync("/proc/meminfo"))[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024;
        var packages = await RunAsync("dpkg-query", "-W", "-f", "${Package} ${Version}, ", "rabbitmq-server", "erlang-base", "python3-oslo.messaging", "python3-eventlet", "python3.11");
        var client = typeof(RabbitMQ.Client.IChannel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return $"{Environment.ProcessorCount} x {model}, {memory} GiB, {packages}.NET {Environment.Version}, RabbitMQ.Client {client}";
    }

    /// <summary>CPU seconds of the whole machine: busy, and all there were.</summary>
    public static (double Busy, double All) Cpu()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(long.Parse).ToArray();
        // user nice system idle iowait irq softirq steal
        return ((fields.Sum() - fields[3] - fields[4]) / 100.0, fields.Sum() / 100.0);
    }

    static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        return text;
    }
}
