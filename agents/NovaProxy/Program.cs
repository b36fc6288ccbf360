using Cascade.Agent;
using Cascade.NovaProxy;
using Microsoft.Extensions.Hosting;

return await Host.CreateEmptyApplicationBuilder(null)
    .AddAgent("cascade-nova-proxy", args, controlExchange: "nova")
    .AddNovaProxy()
    .RunAsync();
