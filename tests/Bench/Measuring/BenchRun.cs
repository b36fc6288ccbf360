using System.Globalization;
using Cascade.Support;
using RabbitMQ.Client;

namespace Cascade.Bench.Measuring;

/// <summary>
/// One run on one broker. Server, client and broker are processes of their own, and CPU is what the kernel says that each used between the beginning
/// and the end of a measurement. The same client drives both servers, so that only the server differs within a pair of rows.
/// </summary>
sealed class BenchRun
{
    static readonly int[] InFlight = [1, 16, 64];

    readonly Broker broker;
    readonly bool quick;
    readonly Table table = new();
    readonly List<string> memory = [];
    double ownCpu;

    BenchRun(Broker broker, bool quick) => (this.broker, this.quick) = (broker, quick);

    double Seconds => quick ? 1 : 8;

    // A tier-0 method counts for nothing: .NET compiles for good only what has run a while.
    int WarmUp => quick ? 500 : 10_000;

    int Queued => quick ? 2_000 : 20_000;

    public static async Task<int> RunAsync(bool quick)
    {
        if (Generation.Zed.Missing is { } missing)
        {
            await Console.Error.WriteLineAsync(missing);
            return 2;
        }

        Messages.Prepare();
        await using var rabbit = await Broker.StartAsync();
        var run = new BenchRun(rabbit, quick);
        var before = Machine.Cpu();
        await run.MeasureAsync();
        var after = Machine.Cpu();
        var foreign = after.Busy - before.Busy - run.ownCpu - Measured.CpuOf(rabbit.ProcessId) - Measured.CpuOf(Environment.ProcessId);
        Console.WriteLine($"{await Machine.DescribeAsync()}{(quick ? " (quick: the numbers mean nothing)" : "")}");
        Console.WriteLine($"Foreign CPU load during the run: {foreign / (after.All - before.All):P0} of the machine. CPU: seconds per 1,000 messages.");
        Console.WriteLine();
        Console.WriteLine(run.table);
        Console.WriteLine();
        run.memory.ForEach(Console.WriteLine);
        return 0;
    }

    async Task MeasureAsync()
    {
        await using var ourClient = await OursAsync("client");
        await CallsAsync("Cascade", "Cascade", ourClient, () => OursAsync("server"), "ours", drains: true);
        await CallsAsync("Cascade", "oslo.messaging", ourClient, () => PythonAsync("server"), "native", drains: true);
        await using (var pythonClient = await PythonAsync("client"))
        {
            await CallsAsync("oslo.messaging", "Cascade", pythonClient, () => OursAsync("server"), "mixed", drains: false, warmer: ourClient);
            await CallsAsync("oslo.messaging", "oslo.messaging", pythonClient, () => PythonAsync("server"), "allnative", drains: false);
            ownCpu += pythonClient.Cpu;
        }

        await PrivateAsync(ourClient);
        ownCpu += ourClient.Cpu;
        await using var rawClient = await OursAsync("raw-client");
        await CallsAsync("RabbitMQ.Client", "RabbitMQ.Client", rawClient, () => OursAsync("raw-server"), "raw", drains: true);
        ownCpu += rawClient.Cpu;
    }

    async Task CallsAsync(string clientName, string serverName, Measured client, Func<Task<Measured>> start, string topic, bool drains, Measured? warmer = null)
    {
        await using var server = await start();
        await server.TellAsync($"serve {topic}");
        var idle = server.Memory;
        await (warmer ?? client).TellAsync($"calls {topic} small {(serverName == "oslo.messaging" ? 300 : WarmUp)}");
        await (warmer ?? client).TellAsync($"calls {topic} large {(serverName == "oslo.messaging" ? 100 : WarmUp / 4)}");
        foreach (var kind in new[] { "small", "large" })
        {
            foreach (var callers in InFlight)
            {
                await MeasureAsync(
                    $"call {Size(kind)}, {callers} in flight", $"{clientName} -> {serverName}", server, client,
                    () => client.TellAsync($"load {topic} {kind} {callers} {Seconds.ToString(CultureInfo.InvariantCulture)}"));
            }
        }

        if (drains)
        {
            await DrainAsync(clientName, serverName, client, server, topic);
        }

        memory.Add($"RSS of the {serverName} server{(warmer is null ? "" : " (asked by oslo.messaging)")}: {idle:F0} MB idle, {server.Memory:F0} MB after the load");
        ownCpu += server.Cpu;
    }

    async Task DrainAsync(string clientName, string serverName, Measured client, Measured server, string topic)
    {
        foreach (var kind in new[] { "small", "large" })
        {
            // What is not measured may not lag behind: the queue is full before the server hears of it.
            var queue = $"{topic}-{kind}";
            await DeclareAsync(queue);
            await client.TellAsync($"fill {queue} {kind} {Queued}");
            await MeasureAsync(
                $"cast {Size(kind)}, from a full queue", $"(queue) -> {serverName}", server, null,
                () => server.TellAsync(clientName == "RabbitMQ.Client" ? $"drain {queue}.host {Queued}" : $"drain {queue} {Queued}"));
        }
    }

    // As agents serve: a durable queue of their own. What it costs more, it costs in the broker.
    async Task PrivateAsync(Measured client)
    {
        await using var server = await OursAsync("server");
        await server.TellAsync("serve-private private");
        await client.TellAsync($"calls private small {WarmUp}");
        await MeasureAsync(
            $"call {Size("small")}, 16 in flight, durable queue", "Cascade -> Cascade", server, client,
            () => client.TellAsync($"load private small 16 {Seconds.ToString(CultureInfo.InvariantCulture)}"));
        ownCpu += server.Cpu;
    }

    async Task MeasureAsync(string what, string who, Measured server, Measured? client, Func<Task<string>> run)
    {
        var (clientBefore, serverBefore, brokerBefore) = (client?.Cpu ?? 0, server.Cpu, Measured.CpuOf(broker.ProcessId));
        var answer = (await run()).Split(' ');
        var (clientUsed, serverUsed, brokerUsed) = ((client?.Cpu ?? 0) - clientBefore, server.Cpu - serverBefore, Measured.CpuOf(broker.ProcessId) - brokerBefore);
        if (answer is not ["done", var countText, var secondsText, var middle])
        {
            throw new InvalidOperationException($"{what}, {who}: {string.Join(' ', answer)}");
        }

        var count = double.Parse(countText, CultureInfo.InvariantCulture);
        var seconds = double.Parse(secondsText, CultureInfo.InvariantCulture);
        string PerThousand(double cpu) => (cpu / count * 1000).ToString("F3", CultureInfo.InvariantCulture);
        table.Add(
            what, who, (count / seconds).ToString("N0", CultureInfo.InvariantCulture), middle == "0" ? "-" : double.Parse(middle, CultureInfo.InvariantCulture).ToString("F2", CultureInfo.InvariantCulture),
            client is null ? "-" : PerThousand(clientUsed), PerThousand(serverUsed), PerThousand(brokerUsed));
    }

    async Task DeclareAsync(string topic)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = broker.Port, AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync("bench-declare");
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Messages.Exchange, "topic", durable: false, autoDelete: false);
        await channel.QueueDeclareAsync($"{topic}.host", durable: false, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync($"{topic}.host", Messages.Exchange, $"{topic}.host");
    }

    Task<Measured> OursAsync(string role) => Measured.StartAsync(Environment.ProcessPath!, role, $"{broker.Port}");

    Task<Measured> PythonAsync(string role) =>
        Measured.StartAsync("/usr/bin/python3", "-B", "-W", "ignore", Path.Combine(AppContext.BaseDirectory, "python", "bench_peer.py"), role, $"{broker.Port}");

    static string Size(string kind) => kind == "small" ? "200 B" : "12 KB";
}
