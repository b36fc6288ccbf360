using Cascade.Bench;
using Cascade.Bench.Costs;
using Cascade.Bench.Measuring;
using Cascade.Bench.Peers;

// run [--quick] measures messages, ports many ports of one child, routers many routers; the other verbs are the processes it starts, each told what to do on standard input.
switch (args)
{
    case ["run", .. var rest]:
        return await BenchRun.RunAsync(quick: rest.Contains("--quick"));
    case ["ports", var agent, .. var counts]:
        return await PortsRun.RunAsync(agent, counts.Select(int.Parse));
    case ["routers", var agent, .. var counts]:
        return await RoutersRun.RunAsync(agent, counts.Select(int.Parse));
    case ["server", var port]:
        await OurServer.RunAsync(int.Parse(port));
        return 0;
    case ["client", var port]:
        await OurClient.RunAsync(int.Parse(port));
        return 0;
    case ["raw-server", var port]:
        await RawServer.RunAsync(int.Parse(port));
        return 0;
    case ["raw-client", var port]:
        await RawClient.RunAsync(int.Parse(port));
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: Cascade.Bench run [--quick] | ports AGENT COUNT... | routers AGENT COUNT...");
        return 2;
}
