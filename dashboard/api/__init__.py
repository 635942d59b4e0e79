"""Every row that is held, by address, for machines: `/api/v1/observations?measure=population&area=W06000015`."""
