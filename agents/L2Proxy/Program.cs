using Cascade.Agent;
using Cascade.L2Proxy;
using Microsoft.Extensions.Hosting;

return await Host.CreateEmptyApplicationBuilder(null)
    .AddAgent("cascade-l2-proxy", args, controlExchange: "neutron")
    .AddL2Proxy()
    .RunAsync();
