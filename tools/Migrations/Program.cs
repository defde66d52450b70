// dotnet-ef loads this assembly to find the design-time packages; there is nothing to run.
return;
