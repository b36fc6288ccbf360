using Cascade.Agent;
using Cascade.L3Proxy;
using Microsoft.Extensions.Hosting;

return await Host.CreateEmptyApplicationBuilder(null)
    .AddAgent("cascade-l3-proxy", args, controlExchange: "neutron")
    .AddL3Proxy()
    .RunAsync();
